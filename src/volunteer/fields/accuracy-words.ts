import type { Words } from '#volunteer/words.ts'

/** How well a point is known, in the unit that people would use. */
export function sayAccuracy({ say }: Pick<Words, 'say'>, metres: number): string {
  return metres < 1000 ? say('place.metres', { metres }) : say('place.kilometres', { km: Math.round(metres / 1000) })
}

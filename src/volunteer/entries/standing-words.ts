import type { LocalEntry } from '#device/device.ts'
import { standingOf } from '#volunteer/entries/standing.ts'
import type { Words } from '#volunteer/words.ts'

/** The standing in words. Photos that are still here are said where everything else would sound as if all had arrived. */
export function sayStanding({ say }: Pick<Words, 'say'>, entry: LocalEntry): string {
  const standing = standingOf(entry)
  return standing === 'received' && entry.pendingFiles > 0 ? say('state.wordsReceived', { photos: entry.pendingFiles }) : say(`state.${standing}`)
}

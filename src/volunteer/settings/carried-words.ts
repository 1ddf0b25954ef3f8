import type { CarriedBundle } from '#device/handing-over.ts'
import type { Words } from '#volunteer/words.ts'

/** One line for what is carried for others: what still waits, else what was brought; null where there was never any. */
export function carriedWords({ say }: Pick<Words, 'say'>, carried: readonly Pick<CarriedBundle, 'state' | 'entries'>[]): string | null {
  if (carried.length === 0) return null
  const here = carried.filter(({ state }) => state !== 'delivered')
  const told = here.length === 0 ? carried : here
  return say('carry.settings', { count: told.length, entries: told.reduce((sum, { entries }) => sum + entries, 0), state: here.length === 0 ? 'sent' : 'waiting' })
}

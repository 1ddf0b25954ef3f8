import type { StorageHealth, SyncState } from '#device/device.ts'
import { nearlyFullShare } from '#volunteer/settings/storage-now.tsx'
import { silenceMs } from '#volunteer/silence.ts'

/** Why entries that are only here are not as safe as they should be, the worst first. */
export type Risk = 'contact' | 'promise' | 'room'

const dayMs = 86_400_000
/** Two market weeks: who has found no connection by then will not find one by chance. The kept line turns its colour on the same day. */
export const longSilenceMs = 14 * dayMs
/** Without a promise Safari may clear a site after seven days of use in which it was not opened: two days are left to act. */
export const unpromisedSilenceMs = 5 * dayMs
/** A full phone refuses photos and its browser may evict; within a day an ordinary connection would have helped. */
export const crampedSilenceMs = dayMs
/** Put away, it comes back after this long, if nothing has become better. */
export const restMs = 3 * dayMs

export interface Situation {
  readonly sync: Pick<SyncState, 'pendingEntries' | 'lastContactAt'>
  readonly health: StorageHealth | undefined
  readonly restUntilMs: number | null
  readonly nowMs: number
}

/** Null while nothing waits, while there was contact lately, and while the person has put the reminder away. */
export function riskOf({ sync, health, restUntilMs, nowMs }: Situation): Risk | null {
  if (sync.pendingEntries === 0 || sync.lastContactAt === null) return null
  // A clock that was set back must not silence it for years.
  if (restUntilMs !== null && nowMs < restUntilMs && restUntilMs - nowMs <= restMs) return null
  const silent = silenceMs(sync.lastContactAt, nowMs)
  if (silent >= longSilenceMs) return 'contact'
  if (health?.persisted === false && silent >= unpromisedSilenceMs) return 'promise'
  return isCramped(health) && silent >= crampedSilenceMs ? 'room' : null
}

function isCramped(health: StorageHealth | undefined): boolean {
  const { usedBytes: used, quotaBytes: quota } = health ?? { usedBytes: null, quotaBytes: null }
  return used !== null && quota !== null && quota > 0 && used / quota > nearlyFullShare
}

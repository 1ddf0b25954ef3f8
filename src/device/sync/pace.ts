import type { DeviceDatabase } from '#device/store/database.ts'
import type { HttpProblem } from '#device/sync/http.ts'
import { maxRunChanges } from '#protocol/sync.ts'

/** Less than that at once is mostly what stands around it. */
const leastAtOnce = 4

/** As long as this window has the database open: the next walk goes on as the last one had to. */
const paces = new WeakMap<DeviceDatabase, number>()

/** How many changes and items may be in one request and its answer. */
export function paceOf(db: DeviceDatabase): number {
  return paces.get(db) ?? maxRunChanges
}

/**
 * A line that is too slow for a whole request within its deadline, or breaks each time before its end, would have the same sent for ever, and arrives
 * nowhere. A quarter of it may pass, and what has passed is behind us. Slowly more from there on, or as much would be sent in vain as passes.
 */
export function keepPace(db: DeviceDatabase, problem: HttpProblem | null): void {
  if (problem?.code === 'no-answer') paces.set(db, Math.max(leastAtOnce, Math.floor(paceOf(db) / 4)))
  else if (problem === null) paces.set(db, Math.min(maxRunChanges, Math.ceil(1.25 * paceOf(db))))
}

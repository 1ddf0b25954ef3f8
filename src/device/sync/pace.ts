import type { DeviceDatabase } from '#device/store/database.ts'
import type { HttpProblem } from '#device/sync/http.ts'
import { maxRunChanges } from '#protocol/sync.ts'

interface Pace {
  readonly atOnce: number
  /** The last request was answered. */
  readonly hasPassed: boolean
  /** Something passed and more than that did not: it is the line, and more is tried with care. */
  readonly isNarrow: boolean
}

/** Less than that at once is mostly what stands around it. */
const leastAtOnce = 4
/** A server that is away, and a network that is none, are mostly found out sooner. */
const longMs = 2000
const wide: Pace = { atOnce: maxRunChanges, hasPassed: false, isNarrow: false }

/** As long as this window has the database open: the next walk goes on as the last one had to. */
const paces = new WeakMap<DeviceDatabase, Pace>()

/** How many changes and items may be in one request and its answer. */
export function paceOf(db: DeviceDatabase): number {
  return (paces.get(db) ?? wide).atOnce
}

/**
 * A line that is too slow for a whole request within its deadline, or breaks each time before its end, would have the same sent for ever, and arrives
 * nowhere. A quarter of it may pass, and what has passed is behind us. Where not even the least passes, it was not for its size. `tookMs`: from the
 * request on; what fails at once says nothing of the size either.
 */
export function keepPace(db: DeviceDatabase, { problem, tookMs }: { readonly problem: HttpProblem | null; readonly tookMs: number }): void {
  const { atOnce, hasPassed, isNarrow } = paces.get(db) ?? wide
  if (problem === null) {
    // On a narrow line slowly, or as much would be sent in vain as passes.
    const more = Math.min(maxRunChanges, Math.ceil((isNarrow ? 1.25 : 4) * atOnce))
    paces.set(db, { atOnce: more, hasPassed: true, isNarrow: isNarrow && atOnce < maxRunChanges })
  } else if (problem.code === 'no-answer' && tookMs >= longMs) {
    paces.set(db, atOnce === leastAtOnce ? wide : { atOnce: Math.max(leastAtOnce, Math.floor(atOnce / 4)), hasPassed: false, isNarrow: isNarrow || hasPassed })
  }
}

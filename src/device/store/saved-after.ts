import type { Instant } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readNewest, savedAtOf } from '#device/store/saved-order.ts'

/**
 * When an entry counts as saved: what the clock says or, where that is no later than what counts for the entry before it, a millisecond after that. A
 * clock that a flat battery has set to the year 2000 would hide what was just saved below everything, and it would be recorded once more.
 */
export function savedAfter(last: Instant | undefined, recordedAt: Instant): Instant {
  return last === undefined || last < recordedAt ? recordedAt : instantOf({ now: () => Date.parse(last) + 1 })
}

/** What counts for the newest own entry where none was saved since this is kept. */
export async function newestSaved(db: DeviceDatabase): Promise<Instant | undefined> {
  const [newest] = await readNewest(db, 1)
  return newest === undefined ? undefined : savedAtOf(newest)
}

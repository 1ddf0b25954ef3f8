import type { EntryState } from '#domain/entry-state.ts'
import type { Instant } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { EntryRow } from '#device/store/rows.ts'

export function savedAtOf({ savedAt, state }: EntryRow): Instant {
  return savedAt ?? state.recordedAt
}

/**
 * Own entries, the last saved first. Both indexes are asked at once: that of those whose clock went back holds those only, and in the other they stand too
 * low. Where each gives as many as are wanted, none is missed: whoever stands above one in the second stands above it in the order of saving too.
 */
export async function readNewest(db: DeviceDatabase, wanted: number): Promise<readonly EntryRow[]> {
  const [recorded, behind] = await Promise.all((['state.recordedAt', 'savedAt'] as const).map((index) => newestBy(db, index, wanted)))
  const rows = new Map([...(recorded ?? []), ...(behind ?? [])].map((row) => [row.id, row]))
  return [...rows.values()].map((row) => ({ row, state: row.state, savedAt: savedAtOf(row) })).toSorted(compareLastSaved).slice(0, wanted).map(({ row }) => row)
}

/** One request where the browser lists backwards; one row after the other only where some of them are not the author's. */
async function newestBy(db: DeviceDatabase, index: 'state.recordedAt' | 'savedAt', wanted: number): Promise<readonly EntryRow[]> {
  const newestFirst = () => db.entries.orderBy(index).reverse()
  const rows = await newestFirst().limit(wanted).toArray()
  return rows.length < wanted || rows.every(isMine) ? rows.filter(isMine) : newestFirst().filter(isMine).limit(wanted).toArray()
}

export function isMine({ mine }: EntryRow): boolean {
  return mine
}

interface Saved {
  readonly savedAt: Instant
  readonly state: Pick<EntryState, 'id'>
}

/** The order in which own entries are shown everywhere: the last saved first. */
export function compareLastSaved({ savedAt: at, state: { id } }: Saved, { savedAt: otherAt, state: { id: otherId } }: Saved): number {
  if (at !== otherAt) return at < otherAt ? 1 : -1
  return id < otherId ? 1 : id > otherId ? -1 : 0
}

import type { DeviceDatabase } from '#device/store/database.ts'
import { readKnown, storedEntry } from '#device/store/local-entries.ts'
import type { OwnList, StoredEntry } from '#device/store/local-entries.ts'
import type { Waiting } from '#device/store/outbox.ts'
import { noticeAll } from '#device/store/row-keeper.ts'
import type { EntryRow } from '#device/store/rows.ts'
import { compareLastSaved, isMine, readNewest } from '#device/store/saved-order.ts'

/** Own entries as far as a first screen shows them, as the store knows them. */
export interface StoredLook {
  readonly newest: readonly StoredEntry[]
  readonly asking: readonly StoredEntry[]
  readonly begun: readonly StoredEntry[]
}

/** As many as anybody looks through before they open the whole list. */
const looked = 50

/**
 * Found by index, without reading the others: of a phone with ten thousand entries that takes seconds. Inside the caller's transaction over
 * entries, what was begun and `pendingTables`.
 */
export async function readFirstLook(db: DeviceDatabase, waiting: Promise<Waiting>): Promise<StoredLook> {
  const [known, newest, asking, begun] = await Promise.all([
    readKnown(db, waiting),
    readNewest(db, looked),
    db.entries.where('asks').equals(1).toArray(),
    readBegun(db),
    // For the live query around it.
    noticeAll(db.entries),
  ])
  const made = (rows: readonly EntryRow[]): readonly StoredEntry[] => rows.map((row) => storedEntry(row, known)).toSorted(compareLastSaved)
  return { newest: made(newest), asking: made(asking.filter(isMine)), begun: made(begun) }
}

/** The same of the whole list, once that is here. */
export async function lookAt(db: DeviceDatabase, { list, asking, of }: OwnList): Promise<StoredLook> {
  const begun = await db.begun.toCollection().primaryKeys()
  return { newest: list.slice(0, looked), asking, begun: begun.flatMap((id) => of(id) ?? []).toSorted(compareLastSaved) }
}

async function readBegun(db: DeviceDatabase): Promise<readonly EntryRow[]> {
  const ids = await db.begun.toCollection().primaryKeys()
  return ids.length === 0 ? [] : (await db.entries.bulkGet(ids)).filter((row) => row?.mine === true).flatMap((row) => row ?? [])
}

import type { EntryId } from '#domain/ids.ts'
import type { LocalEntry } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readPending } from '#device/store/outbox.ts'
import type { Pending } from '#device/store/outbox.ts'
import type { EntryRow } from '#device/store/rows.ts'

/** As the store knows it; whether it is on its way at this moment only the sync runner knows. */
export type StoredEntry = Omit<LocalEntry, 'travel'>

/** Own entries, newest first. */
export async function readOwnEntries(db: DeviceDatabase): Promise<readonly StoredEntry[]> {
  const [rows, pending] = [await db.entries.toArray(), await readPending(db)]
  const counts = pendingCounts(pending)
  return rows
    .filter(({ mine }) => mine)
    .sort((a, b) => compareNewestFirst(a, b))
    .map((row) => storedEntry(row, counts))
}

export async function readEntry(db: DeviceDatabase, id: EntryId): Promise<StoredEntry | null> {
  const row = await db.entries.get(id)
  return row === undefined ? null : storedEntry(row, pendingCounts(await readPending(db)))
}

/** The same entry with its travel. `sending`: in a request that has not been answered. */
export function withTravel(entry: StoredEntry, sending: ReadonlySet<EntryId>): LocalEntry {
  const travel = entry.pendingChanges === 0 ? 'received' : sending.has(entry.state.id) ? 'sending' : 'here'
  return { ...entry, travel }
}

interface Counts {
  readonly changes: ReadonlyMap<EntryId, number>
  readonly files: ReadonlyMap<EntryId, number>
}

function pendingCounts({ changes, files }: Pending): Counts {
  // A photo is one thing to a person, not a picture and its thumbnail.
  return { changes: countById(changes), files: countById(files.filter(({ role }) => role === 'original')) }
}

function countById(rows: readonly { readonly entryId: EntryId }[]): ReadonlyMap<EntryId, number> {
  const counts = new Map<EntryId, number>()
  for (const { entryId } of rows) counts.set(entryId, (counts.get(entryId) ?? 0) + 1)
  return counts
}

function storedEntry({ id, mine, state }: EntryRow, { changes, files }: Counts): StoredEntry {
  return { state, isMine: mine, pendingChanges: changes.get(id) ?? 0, pendingFiles: files.get(id) ?? 0 }
}

function compareNewestFirst(a: EntryRow, b: EntryRow): number {
  const [first, second] = [`${a.state.recordedAt} ${a.id}`, `${b.state.recordedAt} ${b.id}`]
  return first < second ? 1 : first > second ? -1 : 0
}

import type { ChangeId, EntryId } from '#domain/ids.ts'
import { filesIn } from '#domain/named-files.ts'
import type { LocalEntry } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isVoice } from '#device/store/files.ts'
import { readMetas } from '#device/store/meta.ts'
import type { Meta } from '#device/store/meta.ts'
import { pendingTables, readPending } from '#device/store/outbox.ts'
import type { Waiting } from '#device/store/outbox.ts'
import { unreadComments } from '#device/store/read-comments.ts'
import { createRowKeeper } from '#device/store/row-keeper.ts'
import type { EntryRow } from '#device/store/rows.ts'
import { reportNumbers } from '#device/store/used-entries.ts'
import { travelOf } from '#device/travel.ts'
import type { LogPlace, TravelFacts } from '#device/travel.ts'

/** As the store knows it; whether it is on its way at this moment only the sync runner knows. */
export type StoredEntry = Omit<LocalEntry, 'travel'> & { readonly way: Omit<TravelFacts, 'isSending'> }

/** Own entries, newest first. What has not changed since the last reading is the same object again, so that nobody draws it anew. */
export interface OwnEntries {
  /** In the caller's transaction over the entries and `pendingTables`, with what waits by then. */
  readonly read: (waiting: Waiting) => Promise<readonly StoredEntry[]>
  readonly stop: () => void
}

/** With a thousand entries a reading after each save costs a cheap phone a quarter of a second; what was read before is kept. */
export function createOwnEntries(db: DeviceDatabase): OwnEntries {
  const keeper = createRowKeeper(db, db.entries)
  const made = new Map<EntryId, Made>()
  const entryOf = (row: EntryRow, known: Known): StoredEntry => {
    const before = made.get(row.id)
    const saying = sayingOf(row, known)
    if (before?.row === row && before.saying === saying) return before.entry
    const entry = storedEntry(row, known)
    made.set(row.id, { row, saying, entry })
    return entry
  }
  return {
    read: async (waiting) => {
      const [meta, rows] = await Promise.all([readMetas(db, knownKeys), keeper.read()])
      const known = knownOf(meta, waiting)
      const own = [...rows.values()].filter(({ mine }) => mine).toSorted(compareNewestFirst).map((row) => entryOf(row, known))
      if (made.size > own.length) for (const id of made.keys()) if (rows.get(id)?.mine !== true) made.delete(id)
      return own
    },
    stop: keeper.stop,
  }
}

interface Made {
  readonly row: EntryRow
  readonly saying: string
  readonly entry: StoredEntry
}

/** All that is said of an entry and does not stand in its row. */
function sayingOf({ id, state }: EntryRow, { counts: { changes, originals, voices, files }, backup, read, reports }: Known): string {
  return `${changes.get(id) ?? 0} ${originals.get(id) ?? 0} ${voices.get(id) ?? 0} ${files.get(id) ?? 0} ${backup?.seq ?? ''} ${backup?.epoch ?? ''} ${unreadComments(state, read).join(' ')} ${reports.get(id) ?? ''}`
}

/** The same, read once. */
export async function readOwnEntries(db: DeviceDatabase): Promise<readonly StoredEntry[]> {
  const own = createOwnEntries(db)
  return db.read([db.entries, ...pendingTables(db)], async () => own.read(await readPending(db))).finally(own.stop)
}

export function readEntry(db: DeviceDatabase, id: EntryId): Promise<StoredEntry | null> {
  return db.read([db.entries, ...pendingTables(db)], async () => {
    const [meta, row] = await Promise.all([readMetas(db, knownKeys), db.entries.get(id)])
    return row === undefined ? null : storedEntry(row, knownOf(meta, await readPending(db)))
  })
}

/** The same entry with its travel, and the same object for the same entry. `sending`: in a request that has not been answered. */
export function withTravel(stored: StoredEntry, sending: ReadonlySet<EntryId>): LocalEntry {
  const isSending = sending.has(stored.state.id)
  const travelled = isSending ? whileSending : atRest
  const before = travelled.get(stored)
  if (before !== undefined) return before
  const { way, ...entry } = stored
  const made = { ...entry, travel: travelOf({ ...way, isSending }) }
  travelled.set(stored, made)
  return made
}

const [atRest, whileSending] = [new WeakMap<StoredEntry, LocalEntry>(), new WeakMap<StoredEntry, LocalEntry>()]

/** How far the server's verified backups go; named together with the epoch that the server said it in. */
function backupOf({ pull }: Meta): LogPlace | null {
  return pull === undefined ? null : { seq: pull.safeSeq, epoch: pull.epoch }
}

interface Counts {
  readonly changes: ReadonlyMap<EntryId, number>
  readonly originals: ReadonlyMap<EntryId, number>
  readonly voices: ReadonlyMap<EntryId, number>
  readonly files: ReadonlyMap<EntryId, number>
}

function pendingCounts({ changes, files }: Waiting): Counts {
  // A photo is one thing to a person, not a picture and its thumbnail.
  return { changes: countById(changes), originals: countById(files.filter(({ role }) => role === 'original')), voices: countById(files.filter(isVoice)), files: countById(files) }
}

function countById(rows: readonly { readonly entryId: EntryId }[]): ReadonlyMap<EntryId, number> {
  const counts = new Map<EntryId, number>()
  for (const { entryId } of rows) counts.set(entryId, (counts.get(entryId) ?? 0) + 1)
  return counts
}

interface Known {
  readonly counts: Counts
  readonly backup: LogPlace | null
  readonly read: ReadonlySet<ChangeId>
  readonly reports: ReadonlyMap<EntryId, number>
}

/** Asked for first in a query: see `readUsed`. */
const knownKeys = ['membership', 'pull', 'readComments', 'used'] as const

/** What is said of each entry beside its own row. */
function knownOf(meta: Pick<Meta, (typeof knownKeys)[number]>, waiting: Waiting): Known {
  return { counts: pendingCounts(waiting), backup: backupOf(meta), read: new Set(meta.readComments), reports: reportNumbers(meta) }
}

function storedEntry({ id, mine, state, proved = null }: EntryRow, { counts: { changes, originals, voices, files }, backup, read, reports }: Known): StoredEntry {
  const pendingChanges = changes.get(id) ?? 0
  return {
    state, isMine: mine, pendingChanges, pendingFiles: originals.get(id) ?? 0, pendingVoices: voices.get(id) ?? 0, unread: mine ? unreadComments(state, read) : [], report: reports.get(id) ?? null,
    way: { pendingChanges, pendingFiles: files.get(id) ?? 0, namedFiles: state.content.photos === undefined && state.content.audio === undefined ? noFiles : filesIn({ ...state.content }), storedFiles: state.storedFiles, proved, backup },
  }
}

const noFiles: TravelFacts['namedFiles'] = []

function compareNewestFirst(a: EntryRow, b: EntryRow): number {
  const [first, second] = [a.state.recordedAt, b.state.recordedAt]
  if (first !== second) return first < second ? 1 : -1
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0
}

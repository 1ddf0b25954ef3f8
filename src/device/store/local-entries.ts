import type { ChangeId, Clock, EntryId } from '#domain/ids.ts'
import { filesIn } from '#domain/named-files.ts'
import type { LocalEntry } from '#device/device.ts'
import { isSameSet } from '#device/same-set.ts'
import { isAsking } from '#device/store/asking.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isVoice } from '#device/store/files.ts'
import { readMetas } from '#device/store/meta.ts'
import type { Meta } from '#device/store/meta.ts'
import { pendingTables, readPending } from '#device/store/outbox.ts'
import type { Waiting } from '#device/store/outbox.ts'
import { unreadComments } from '#device/store/read-comments.ts'
import { createRowKeeper } from '#device/store/row-keeper.ts'
import type { EntryRow } from '#device/store/rows.ts'
import { compareLastSaved, savedAtOf } from '#device/store/saved-order.ts'
import { reportNumbers } from '#device/store/used-entries.ts'
import type { LogPlace, TravelFacts } from '#device/travel.ts'

/** As the store knows it; whether it is on its way at this moment only the sync runner knows. */
export type StoredEntry = Omit<LocalEntry, 'travel'> & { readonly way: Omit<TravelFacts, 'isSending'> }

/** Own entries, the last saved first. */
export interface OwnList {
  readonly list: readonly StoredEntry[]
  /** Those of which `isAsking` says so, the last saved first as well. */
  readonly asking: readonly StoredEntry[]
  readonly of: (id: EntryId) => StoredEntry | undefined
}

/** What has not changed since the last reading is the same object again, so that nobody draws it anew. */
export interface OwnEntries {
  /** In the caller's transaction over the entries and `pendingTables`, with what waits by then: both are asked for at once. */
  readonly read: (waiting: Promise<Waiting>) => Promise<OwnList>
  readonly stop: () => void
}

/** With a thousand entries a reading after each save costs a cheap phone a quarter of a second; what was read before is kept, in its order. */
export function createOwnEntries(db: DeviceDatabase, clock: Clock): OwnEntries {
  const made = new Map<EntryId, Made>()
  /** What may be another since the list was made; null: all of it. */
  let touched: Set<EntryId> | null = null
  let last: { readonly own: readonly StoredEntry[]; readonly known: Known } | null = null
  const keeper = createRowKeeper(db, db.entries, clock, (id) => {
    if (id === null) touched = null
    else touched?.add(id as EntryId)
  })
  const asking = new Set<EntryId>()
  const entryOf = (row: EntryRow, known: Known): StoredEntry => {
    const before = made.get(row.id)
    const saying = sayingOf(row, known)
    if (before?.row === row && before.saying === saying) return before.entry
    const entry = storedEntry(row, known)
    made.set(row.id, { row, saying, entry })
    if (isAsking(row.state)) asking.add(row.id)
    else asking.delete(row.id)
    return entry
  }
  const forget = (id: EntryId): void => {
    made.delete(id)
    asking.delete(id)
  }
  const allOf = (rows: ReadonlyMap<string, EntryRow>, known: Known): readonly StoredEntry[] => {
    const own = [...rows.values()].filter(({ mine }) => mine).map((row) => entryOf(row, known)).toSorted(compareLastSaved)
    if (made.size > own.length) for (const id of made.keys()) if (rows.get(id)?.mine !== true) forget(id)
    return own
  }
  const changedOf = (before: readonly StoredEntry[], ids: Iterable<EntryId>, rows: ReadonlyMap<string, EntryRow>, known: Known): readonly StoredEntry[] => {
    const own = changing(before)
    for (const id of ids) {
      const [row, former] = [rows.get(id), made.get(id)?.entry ?? null]
      const next = row?.mine === true ? entryOf(row, known) : null
      if (next === null) forget(id)
      own.put(former, next)
    }
    return own.list()
  }
  return {
    read: async (waiting) => {
      const [known, rows] = await Promise.all([readKnown(db, waiting), keeper.read()])
      const before = last
      // Where one of them cannot be made, the next list is made of all.
      last = null
      const said = before === null ? null : saidAnew(before.known, known)
      const own = before === null || touched === null || said === null ? allOf(rows, known) : changedOf(before.own, new Set([...touched, ...said]), rows, known)
      last = { own, known }
      touched = new Set()
      const of = (id: EntryId): StoredEntry | undefined => made.get(id)?.entry
      return { list: own, asking: [...asking].flatMap((id) => of(id) ?? []).toSorted(compareLastSaved), of }
    },
    stop: keeper.stop,
  }
}

/** The same list, or a copy of it as soon as one entry of it is another. */
function changing(before: readonly StoredEntry[]): { readonly put: (former: StoredEntry | null, next: StoredEntry | null) => void; readonly list: () => readonly StoredEntry[] } {
  let own: StoredEntry[] | null = null
  return {
    put: (former, next) => {
      if (former === next) return
      own ??= before.slice()
      if (former !== null && next !== null && compareLastSaved(former, next) === 0) own[placeOf(own, former)] = next
      else {
        if (former !== null) own.splice(placeOf(own, former), 1)
        if (next !== null) own.splice(placeOf(own, next), 0, next)
      }
    },
    list: () => own ?? before,
  }
}

/** Where it stands, or would stand. */
function placeOf(own: readonly StoredEntry[], entry: StoredEntry): number {
  let [from, to] = [0, own.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    const there = own[middle]
    if (there !== undefined && compareLastSaved(there, entry) < 0) from = middle + 1
    else to = middle
  }
  return from
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
export async function readOwnEntries(db: DeviceDatabase, clock: Clock): Promise<readonly StoredEntry[]> {
  const own = createOwnEntries(db, clock)
  return db.read([db.entries, ...pendingTables(db)], async () => (await own.read(readPending(db))).list).finally(own.stop)
}

export function readEntry(db: DeviceDatabase, id: EntryId): Promise<StoredEntry | null> {
  return db.read([db.entries, ...pendingTables(db)], async () => {
    const [known, row] = await Promise.all([readKnown(db, readPending(db)), db.entries.get(id)])
    return row === undefined ? null : storedEntry(row, known)
  })
}

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

/** What is said of an entry and stands elsewhere. */
export interface Known {
  readonly counts: Counts
  readonly backup: LogPlace | null
  readonly read: ReadonlySet<ChangeId>
  readonly reports: ReadonlyMap<EntryId, number>
}

/** Asked for first in a query: see `readUsed`. */
const knownKeys = ['membership', 'pull', 'readComments', 'used'] as const

export async function readKnown(db: DeviceDatabase, waiting: Promise<Waiting>): Promise<Known> {
  const [meta, waits] = await Promise.all([readMetas(db, knownKeys), waiting])
  return { counts: pendingCounts(waits), backup: backupOf(meta), read: new Set(meta.readComments), reports: reportNumbers(meta) }
}

/** Of which entries something else is said now than before; null where it may be any. */
function saidAnew(before: Known, now: Known): ReadonlySet<EntryId> | null {
  if (before.backup?.seq !== now.backup?.seq || before.backup?.epoch !== now.backup?.epoch || !isSameSet(before.read, now.read)) return null
  const ids = new Set<EntryId>()
  const compare = (one: ReadonlyMap<EntryId, number>, other: ReadonlyMap<EntryId, number>): void => {
    for (const [id, number] of one) if (other.get(id) !== number) ids.add(id)
    for (const id of other.keys()) if (!one.has(id)) ids.add(id)
  }
  compare(before.reports, now.reports)
  for (const name of ['changes', 'originals', 'voices', 'files'] as const) compare(before.counts[name], now.counts[name])
  return ids
}

export function storedEntry(row: EntryRow, { counts: { changes, originals, voices, files }, backup, read, reports }: Known): StoredEntry {
  const { id, mine, state, isAside, proved = null } = row
  const pendingChanges = changes.get(id) ?? 0
  return {
    state, savedAt: savedAtOf(row), isMine: mine, pendingChanges, pendingFiles: originals.get(id) ?? 0, pendingVoices: voices.get(id) ?? 0, unread: mine ? unreadComments(state, read) : [], report: reports.get(id) ?? null, ...(isAside === true ? { isAside } : {}),
    way: { pendingChanges, pendingFiles: files.get(id) ?? 0, namedFiles: state.content.photos === undefined && state.content.audio === undefined ? noFiles : filesIn({ ...state.content }), storedFiles: state.storedFiles, proved, backup },
  }
}

const noFiles: TravelFacts['namedFiles'] = []

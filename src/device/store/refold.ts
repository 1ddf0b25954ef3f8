import { changeFrom } from '#domain/change.ts'
import type { Change, KnownChange } from '#domain/change.ts'
import { foldEntry } from '#domain/fold.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId, MemberId } from '#domain/ids.ts'
import { isSameJson } from '#device/same-json.ts'
import { isAsking } from '#device/store/asking.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMetas } from '#device/store/meta.ts'
import type { Meta } from '#device/store/meta.ts'
import type { ChangeRow, EntryRow } from '#device/store/rows.ts'
import type { LogPlace } from '#device/travel.ts'

/** What a fold has to know beside the changes. */
export const foldKeys = ['membership', 'pull'] as const

/**
 * Folds entries anew from their changes, inside the caller's transaction over changes, entries and meta. One that cannot be
 * folded stays as it is and is returned: it must hold up neither the start nor the sync of the others.
 */
export async function refold(db: DeviceDatabase, ids: ReadonlySet<EntryId>, { isWritten = 'always' }: { readonly isWritten?: 'always' | 'where-other' } = {}): Promise<readonly EntryId[]> {
  const broken: EntryId[] = []
  const [meta, all] = [await readMetas(db, foldKeys), [...ids]]
  for (let from = 0; from < all.length; from += foldedAtOnce) {
    const some = all.slice(from, from + foldedAtOnce)
    const rows = await Promise.all(some.map((id) => changesOf(db, id)))
    const folded = some.map((id, at) => ({ id, row: foldedRow(id, rows[at] ?? [], meta) }))
    broken.push(...folded.flatMap(({ id, row }) => (row === undefined ? [id] : [])))
    const made = folded.flatMap(({ row }) => row ?? [])
    await db.entries.bulkPut(isWritten === 'always' ? made : await othersOf(db, made))
    await db.entries.bulkDelete(folded.flatMap(({ id, row }) => (row === null ? [id] : [])))
  }
  return broken
}

/** Those that say anything else than what is stored. */
async function othersOf(db: DeviceDatabase, rows: readonly EntryRow[]): Promise<readonly EntryRow[]> {
  const stored = await db.entries.bulkGet(rows.map(({ id }) => id))
  return rows.filter((row, at) => !isSameJson(row, stored[at]))
}

/** Each question by itself would be waited for by itself; a phone with thousands of entries cannot hold all of them. */
const foldedAtOnce = 100

export function changesOf(db: DeviceDatabase, id: EntryId): PromiseLike<readonly ChangeRow[]> {
  return db.changes.where('entryId').equals(id).toArray()
}

/** The same from changes that the caller has at hand, in the order of their ids. False where they cannot be folded. */
export async function foldFrom(db: DeviceDatabase, id: EntryId, rows: readonly ChangeRow[], meta: Pick<Meta, (typeof foldKeys)[number]>): Promise<boolean> {
  const row = foldedRow(id, rows, meta)
  if (row === undefined) return false
  if (row === null) await db.entries.delete(id)
  else await db.entries.put(row)
  return true
}

/** What these changes make of an entry: null where nothing is left of it, undefined where they cannot be folded. */
function foldedRow(id: EntryId, rows: readonly ChangeRow[], { membership, pull }: Pick<Meta, (typeof foldKeys)[number]>): EntryRow | null | undefined {
  const memberId = membership?.membership.member.id
  const folded = triedFold(rows, memberId)
  if (folded === undefined || folded === null) return folded
  const { state, isAside } = folded
  return { sv: 1, id, mine: state.author === memberId || hasOwnRecord(rows, memberId), state, ...(isAside ? { isAside } : {}), ...(isAsking(state) ? { asks: 1 } : {}), ...savedOf(rows), proved: provedBy(rows, pull?.epoch) }
}

interface Folded {
  readonly state: EntryState
  readonly isAside: boolean
}

/** Undefined when rows are damaged: own ones are read as they were written. */
function triedFold(rows: readonly ChangeRow[], memberId: MemberId | undefined): Folded | null | undefined {
  try {
    return foldedRows(rows, memberId)
  } catch {
    return undefined
  }
}

/**
 * The state that these rows make. An own entry that the server has put aside is shown to its author all the same: it has
 * arrived, and what stands in the way is for the desk to settle. So it is on another phone of theirs.
 */
function foldedRows(rows: readonly ChangeRow[], memberId: MemberId | undefined): Folded | null {
  const known = rows.flatMap(knownChange)
  const counted = foldEntry(known)
  const state = counted === null && hasOwnRecord(rows, memberId) ? foldEntry(known.map((one) => ({ ...one, quarantined: false }))) : counted
  return state === null ? null : { state, isAside: counted === null }
}

function knownChange(row: ChangeRow): readonly KnownChange[] {
  if (row.change === null) return []
  // What this device made it has checked before it was written; what came from elsewhere may be newer than this app knows.
  const change = row.own ? (row.change as unknown as Change) : changeFrom(row.change)
  if (change === null) return []
  const { seq, deviceId, memberId, receivedAt, ref, quarantined, turn, storedAs } = row
  const place = seq === null ? turn : storedAs?.deviceSeq
  return [{ change: place === undefined ? change : { ...change, deviceSeq: place }, seq, deviceId: storedAs?.deviceId ?? deviceId, memberId, receivedAt, ref, quarantined }]
}

/** Only where it says something else than the record's clock: the index holds those only. */
function savedOf(rows: readonly ChangeRow[]): Pick<EntryRow, 'savedAt'> {
  const savedAt = rows.find((row) => row.savedAt !== undefined)?.savedAt
  return savedAt === undefined ? {} : { savedAt }
}

/** The place up to which a backup has to go before it holds all that this phone gave to the entry. */
function provedBy(rows: readonly ChangeRow[], epoch: string | undefined): LogPlace | null {
  const seqs = rows.flatMap(({ own, change, seq }) => (own || change?.type === 'fileStored' ? [seq] : []))
  const known = seqs.filter((seq) => seq !== null)
  return epoch === undefined || known.length === 0 || known.length < seqs.length ? null : { seq: Math.max(...known), epoch }
}

function hasOwnRecord(rows: readonly ChangeRow[], memberId: MemberId | undefined): boolean {
  return rows.some((row) => (row.own || row.memberId === memberId) && row.change?.type === 'record')
}

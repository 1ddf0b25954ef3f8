import { changeFrom } from '#domain/change.ts'
import type { Change, KnownChange } from '#domain/change.ts'
import { foldEntry } from '#domain/fold.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId, MemberId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'
import type { ChangeRow } from '#device/store/rows.ts'

/** Folds entries anew from their changes, inside the caller's transaction over changes, entries and meta. */
export async function refold(db: DeviceDatabase, ids: ReadonlySet<EntryId>): Promise<void> {
  const memberId = (await readMeta(db, 'membership'))?.membership.member.id
  for (const id of ids) {
    const rows = await db.changes.where('entryId').equals(id).toArray()
    const state = foldedRows(rows)
    if (state === null) await db.entries.delete(id)
    else await db.entries.put({ sv: 1, id, mine: isMine(state, rows, memberId), state })
  }
}

/**
 * The state that these rows make. An own entry that the server has put aside is shown to its author all the same: it has
 * arrived, and what stands in the way is for the desk to settle.
 */
function foldedRows(rows: readonly ChangeRow[]): EntryState | null {
  const known = rows.flatMap(knownChange)
  const state = foldEntry(known)
  if (state !== null || !rows.some((row) => row.own && row.change?.type === 'record')) return state
  return foldEntry(known.map((one) => ({ ...one, quarantined: false })))
}

function knownChange(row: ChangeRow): readonly KnownChange[] {
  if (row.change === null) return []
  // What this device made it has checked before it was written; what came from elsewhere may be newer than this app knows.
  const change = row.own ? (row.change as unknown as Change) : changeFrom(row.change)
  if (change === null) return []
  const { seq, deviceId, memberId, receivedAt, ref, quarantined } = row
  return [{ change, seq, deviceId, memberId, receivedAt, ref, quarantined }]
}

function isMine(state: EntryState, rows: readonly ChangeRow[], memberId: MemberId | undefined): boolean {
  return state.author === memberId || rows.some((row) => row.own && row.change?.type === 'record')
}

import type { EntryId, ChangeId } from '#domain/ids.ts'
import { changeFrom } from '#domain/change.ts'
import { namedFiles } from '#domain/named-files.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { deleteFiles } from '#device/store/files.ts'
import { writeMeta } from '#device/store/meta.ts'
import type { ChangeRow } from '#device/store/rows.ts'
import { maxErasedPlaces } from '#protocol/sync.ts'

/** Body and files go, the place in the chain stays with its hash; inside the caller's transaction. */
export async function eraseChange(db: DeviceDatabase, { id, entryId, seq }: { readonly id: ChangeId; readonly entryId: EntryId; readonly seq: number | null }): Promise<void> {
  const before = await db.changes.get(id)
  // Who made a change that this device never had is not told; it stands only so that the change cannot come back.
  const row: ChangeRow = before === undefined ? { ...nobodysRow, id, entryId, seq } : { ...before, change: null, bytes: 0, alarm: undefined }
  await db.changes.put(row)
  await forgetAround(db, entryId)
}

/**
 * An `erase` has come: what the server had of the entry is gone there, also what this phone pulled long ago and will not be told
 * of one by one. What was written here and never sent goes its own way: nobody has read it, and the server keeps its place alone.
 */
export async function eraseWhatServerHad(db: DeviceDatabase, entryId: EntryId): Promise<void> {
  const rows = await db.changes.where('entryId').equals(entryId).toArray()
  for (const row of rows) {
    if (row.change === null || row.change.type === 'erase' || (row.own && row.seq === null)) continue
    await db.changes.put({ ...row, change: null, bytes: 0, alarm: undefined })
  }
  await forgetAround(db, entryId)
}

/** An `erase` was made on this device: nothing of the entry stays, sent or not, but that erasure. */
export async function eraseAllHere(db: DeviceDatabase, entryId: EntryId): Promise<void> {
  for (const row of await db.changes.where('entryId').equals(entryId).toArray()) {
    if (row.change !== null && row.change.type !== 'erase') await db.changes.put({ ...row, change: null, bytes: 0, alarm: undefined })
  }
  await forgetAround(db, entryId)
}

/** Own places whose words are gone and that the server lacks can never be sent: it is told, so that nobody waits for them. */
export async function noteErasedPlaces(db: DeviceDatabase): Promise<void> {
  const rows = await db.changes.filter(({ own, change, seq, ownSeq }) => own && change === null && seq === null && ownSeq !== undefined).toArray()
  await writeMeta(db, 'erasedPlaces', rows.flatMap(({ ownSeq }) => ownSeq ?? []).toSorted((one, other) => one - other).slice(-maxErasedPlaces))
}

/** What hangs on its words: files that nothing names any more, and what was begun on them. */
async function forgetAround(db: DeviceDatabase, entryId: EntryId): Promise<void> {
  await deleteUnnamedFiles(db, entryId)
  await db.begun.delete(entryId)
}

async function deleteUnnamedFiles(db: DeviceDatabase, entryId: EntryId): Promise<void> {
  const rest = await db.changes.where('entryId').equals(entryId).toArray()
  const named = new Set(rest.flatMap(({ change }) => {
    const known = change === null ? null : changeFrom(change)
    return known === null ? [] : namedFiles(known)
  }))
  await deleteFiles(db, entryId, (file) => !named.has(file.sha256))
}

const nobody = '00000000-0000-7000-8000-000000000000'
const nobodysRow = { sv: 1, own: false, deviceId: nobody as ChangeRow['deviceId'], memberId: nobody as ChangeRow['memberId'], change: null, receivedAt: null, bytes: 0 } as const

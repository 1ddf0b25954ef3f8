import { changeFrom } from '#domain/change.ts'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { noteErasedPlaces } from '#device/store/erasing.ts'
import { readMeta } from '#device/store/meta.ts'
import { refold } from '#device/store/refold.ts'
import type { ChangeRow, ReceiptRow } from '#device/store/rows.ts'
import type { SyncResponse } from '#protocol/sync.ts'

/** What was queued again already since this database was opened: where the server goes on saying that it lacks it, sending it once more is no use. */
const queuedOnce = new WeakMap<DeviceDatabase, Set<ChangeId>>()

/** With one of these the change had a place in this device's chain, but for what came with a broken seal. */
const placed: readonly ReceiptRow['status'][] = ['stored', 'duplicate', 'quarantined']

/**
 * The server was set back without saying so, and its log has grown since beyond what this device has read: by its own word it has no places any more that it had
 * answered for. What stood there is here, and waits once more, under the same ids; of what was erased it is told that nobody has to wait for it. What
 * has come of others stays as it is: that comes right with a new epoch alone. Returns how many changes it has queued.
 */
export async function queueLost(db: DeviceDatabase, { epoch, device }: Pick<SyncResponse, 'epoch' | 'device'>): Promise<number> {
  const once = queuedOnce.get(db) ?? new Set<ChangeId>()
  queuedOnce.set(db, once)
  const missing = new Set(device.missing)
  const queued = await db.write([db.changes, db.entries, db.receipts, db.files, db.meta], async () => {
    if ((await readMeta(db, 'pull'))?.epoch !== epoch) return []
    const rows = [...await db.changes.where('ownSeq').above(device.highDeviceSeq).toArray(), ...await db.changes.where('ownSeq').anyOf(device.missing).toArray()]
    const receipts = await db.receipts.bulkGet(rows.map(({ id }) => id))
    // What was handed over as bytes has no place in the chain; that it is named all the same says that the bytes are gone.
    const isLost = (row: ChangeRow, receipt: ReceiptRow | undefined): boolean => receipt !== undefined && (placed.includes(receipt.status) || (receipt.status === 'handedOver' && missing.has(row.ownSeq ?? 0)))
    const lost = rows.filter((row, at) => row.change !== null && !once.has(row.id) && isLost(row, receipts[at]))
    const erased = rows.filter(({ change, seq }) => change === null && seq !== null)
    await db.receipts.bulkDelete(lost.map(({ id }) => id))
    await db.changes.bulkPut([...lost, ...erased].map((row) => ({ ...row, seq: null, receivedAt: null, ref: undefined, quarantined: undefined, storedAs: undefined })))
    if (erased.length > 0) await noteErasedPlaces(db)
    await forgetFiles(db, new Set(lost.flatMap(({ entryId, change }) => (change?.type === 'record' ? [entryId] : []))))
    await refold(db, new Set<EntryId>(lost.map(({ entryId }) => entryId)))
    return lost.map(({ id }) => id)
  })
  for (const id of queued) once.add(id)
  return queued.length
}

/** Receipts of files stand behind the record of their entry: where that is lost, they are. Whether the server has the files all the same is asked anew. */
async function forgetFiles(db: DeviceDatabase, entries: ReadonlySet<EntryId>): Promise<void> {
  if (entries.size === 0) return
  await db.files.filter(({ entryId }) => entries.has(entryId)).modify({ stored: false, sentEpoch: null })
  const rows = await db.changes.where('entryId').anyOf([...entries]).toArray()
  await db.changes.bulkDelete(rows.filter(({ own, change }) => !own && change !== null && changeFrom(change)?.type === 'fileStored').map(({ id }) => id))
}

import type { ChangeId, EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'
import { refold } from '#device/store/refold.ts'
import type { ReceiptRow } from '#device/store/rows.ts'
import type { SyncResponse } from '#protocol/sync.ts'

/** What was queued again already since this page began: where the server goes on saying that it lacks it, sending it once more is no use. */
const queuedOnce = new WeakMap<DeviceDatabase, Set<ChangeId>>()

/** With one of these the change has had a place in this device's chain. */
const placed: readonly ReceiptRow['status'][] = ['stored', 'duplicate', 'quarantined']

/**
 * The server was set back without saying so (a snapshot of its machine, a replica that lacked the last minutes): by its own word it has no places
 * any more that it had answered for. What stood there is here, and waits once more, under the same ids. Nothing is deleted, and what has come of
 * others stays; all of that comes anew only with a new epoch. Returns how many changes it has queued.
 */
export async function queueLost(db: DeviceDatabase, { epoch, device }: Pick<SyncResponse, 'epoch' | 'device'>): Promise<number> {
  const once = queuedOnce.get(db) ?? new Set<ChangeId>()
  queuedOnce.set(db, once)
  return db.write([db.changes, db.entries, db.receipts, db.files, db.meta], async () => {
    const [pull, own] = [await readMeta(db, 'pull'), await readMeta(db, 'membership')]
    if (pull?.epoch !== epoch || own === undefined) return 0
    const places = db.changes.where('ownSeq')
    const rows = [...await places.above(device.highDeviceSeq).toArray(), ...await db.changes.where('ownSeq').anyOf(device.missing).toArray()]
    const receipts = await db.receipts.bulkGet(rows.map(({ id }) => id))
    const lost = rows.filter(({ id, change, deviceId }, at) => change !== null && deviceId === own.identity.deviceId && placed.includes(receipts[at]?.status ?? 'handedOver') && !once.has(id))
    for (const { id } of lost) once.add(id)
    const entries = new Set<EntryId>(lost.map(({ entryId }) => entryId))
    await db.receipts.bulkDelete(lost.map(({ id }) => id))
    await db.changes.bulkPut(lost.map((row) => ({ ...row, seq: null, receivedAt: null, ref: undefined, quarantined: undefined, storedAs: undefined })))
    // Whether their files are there is asked anew; of those that are, none is sent again.
    for (const entryId of entries) await db.files.where('[entryId+sha256]').between([entryId, ''], [entryId, '\uffff']).modify({ stored: false, sentEpoch: null })
    await refold(db, entries)
    return lost.length
  })
}

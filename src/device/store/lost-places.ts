import type { ChangeId, EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { noteErasedPlaces } from '#device/store/erasing.ts'
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
 * any more that it had answered for. What stood there is here, and waits once more, under the same ids; of what was erased it is told that nobody has
 * to wait for it. Nothing is deleted, and what has come of others stays; all of that comes anew only with a new epoch. Returns how many changes it has
 * queued.
 */
export async function queueLost(db: DeviceDatabase, { epoch, device }: Pick<SyncResponse, 'epoch' | 'device'>): Promise<number> {
  const once = queuedOnce.get(db) ?? new Set<ChangeId>()
  queuedOnce.set(db, once)
  return db.write([db.changes, db.entries, db.receipts, db.files, db.meta], async () => {
    const [pull, own] = [await readMeta(db, 'pull'), await readMeta(db, 'membership')]
    if (pull?.epoch !== epoch || own === undefined) return 0
    const places = () => db.changes.where('ownSeq')
    const rows = [...await places().above(device.highDeviceSeq).toArray(), ...await places().anyOf(device.missing).toArray()].filter(({ seq, deviceId }) => seq !== null && deviceId === own.identity.deviceId)
    const receipts = await db.receipts.bulkGet(rows.map(({ id }) => id))
    const lost = rows.filter(({ id, change }, at) => change !== null && placed.includes(receipts[at]?.status ?? 'handedOver') && !once.has(id))
    const erased = rows.filter(({ change }) => change === null)
    if (lost.length + erased.length === 0) return 0
    await db.receipts.bulkDelete(lost.map(({ id }) => id))
    await db.changes.bulkPut([...lost, ...erased].map((row) => ({ ...row, seq: null, receivedAt: null, ref: undefined, quarantined: undefined, storedAs: undefined })))
    if (erased.length > 0) await noteErasedPlaces(db)
    for (const { id } of lost) once.add(id)
    const entries = new Set<EntryId>(lost.map(({ entryId }) => entryId))
    await askForFiles(db, new Set([...entries, ...(await filesSaidBehind(db, device.highDeviceSeq))]))
    await refold(db, entries)
    return lost.length
  })
}

/** A log loses its end: whatever it has said of files behind the last own change that it still has may be gone as well. */
async function filesSaidBehind(db: DeviceDatabase, highDeviceSeq: number): Promise<readonly EntryId[]> {
  const held = await db.changes.where('ownSeq').belowOrEqual(highDeviceSeq).toArray()
  const last = held.reduce((most, { seq }) => Math.max(most, seq ?? 0), 0)
  return (await db.changes.filter(({ seq, change }) => seq !== null && seq > last && change?.type === 'fileStored').toArray()).map(({ entryId }) => entryId)
}

/** Whether the server has their files is asked anew, and of those that it has none is sent again. */
async function askForFiles(db: DeviceDatabase, entries: ReadonlySet<EntryId>): Promise<void> {
  await db.files.filter(({ entryId }) => entries.has(entryId)).modify({ stored: false, sentEpoch: null })
}

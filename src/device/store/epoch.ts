import type { EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { refold } from '#device/store/refold.ts'

/**
 * The server was restored from a backup: it has forgotten everything above `restoredSeq`. This device forgets the seq of that
 * as well, queues again what it authored, and reads from 0. Nothing is deleted.
 */
export async function changeEpoch(db: DeviceDatabase, { epoch, restoredSeq }: { readonly epoch: string; readonly restoredSeq: number }): Promise<void> {
  const isForgotten = (seq: number | null): boolean => seq === null || seq > restoredSeq
  await db.write([db.changes, db.entries, db.receipts, db.files, db.digests, db.meta], async () => {
    const pull = await readMeta(db, 'pull')
    if (pull?.epoch === epoch) return
    await db.receipts.filter(({ seq, status }) => status !== 'erased' && isForgotten(seq)).delete()
    await db.receipts.toCollection().modify({ epoch })
    const forgotten = await db.changes.filter(({ seq }) => seq !== null && seq > restoredSeq).toArray()
    // A receipt for a file is the server's own change, which nobody sends again: it is no longer true, and the file is sent anew.
    const receipts = forgotten.filter(({ change }) => change?.type === 'fileStored')
    for (const { entryId } of receipts) await db.files.where('[entryId+sha256]').between([entryId, ''], [entryId, '\uffff']).modify({ stored: false })
    await db.changes.bulkDelete(receipts.map(({ id }) => id))
    await db.changes.bulkPut(forgotten.filter((row) => !receipts.includes(row)).map((row) => ({ ...row, seq: null, receivedAt: null, ref: undefined, quarantined: undefined, alarm: undefined })))
    await requeueWithoutPlace(db)
    await db.digests.toCollection().modify({ seq: 0 })
    await writeMeta(db, 'pull', { epoch, after: 0, scope: pull?.scope ?? null, safeSeq: 0 })
    // All of them: each entry says in which epoch its place in the log holds.
    await refold(db, new Set<EntryId>([...forgotten.map(({ entryId }) => entryId), ...(await db.entries.toCollection().primaryKeys())]))
  })
}

/** What this browser made under an earlier device name gets a place at the end of today's chain. */
async function requeueWithoutPlace(db: DeviceDatabase): Promise<void> {
  const rows = await db.changes.filter((row) => row.own && row.ownSeq === undefined && row.change !== null && row.seq === null).toArray()
  const last = (await readMeta(db, 'deviceSeq')) ?? 0
  const placed = rows.flatMap((row, index) => (row.change === null ? [] : [{ ...row, ownSeq: last + 1 + index, change: { ...row.change, deviceSeq: last + 1 + index }, hash: undefined }]))
  await db.changes.bulkPut(placed)
  await writeMeta(db, 'deviceSeq', last + placed.length)
}

import type { ChangeId, EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { noteErasedPlaces } from '#device/store/erasing.ts'
import { unknownRevision } from '#device/store/identity.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { turnOf } from '#device/store/outbox.ts'
import { refold } from '#device/store/refold.ts'
import type { ChangeRow } from '#device/store/rows.ts'

/**
 * The server was restored from a backup: it has forgotten everything above `restoredSeq`. This device forgets the seq of that
 * as well, queues again what it authored, and reads from 0. Nothing is deleted. In the epoch that it stands in, the same where the log ends before
 * what has been read of it: then the server was set back and does not know it.
 */
export async function changeEpoch(db: DeviceDatabase, { epoch, restoredSeq }: { readonly epoch: string; readonly restoredSeq: number }): Promise<void> {
  const isForgotten = (seq: number | null): boolean => seq === null || seq > restoredSeq
  await db.write([db.changes, db.entries, db.receipts, db.files, db.digests, db.carried, db.meta], async () => {
    const pull = await readMeta(db, 'pull')
    const isSame = pull?.epoch === epoch
    if (isSame && pull.after <= restoredSeq) return
    await db.receipts.filter(({ seq, status }) => status !== 'erased' && isForgotten(seq)).delete()
    await db.receipts.toCollection().modify({ epoch })
    const forgotten = await db.changes.filter(({ seq }) => seq !== null && seq > restoredSeq).toArray()
    // A receipt for a file is one of the server's own changes: it is no longer true, and the file is sent anew.
    for (const { change, entryId } of forgotten) {
      if (change?.type === 'fileStored') await db.files.where('[entryId+sha256]').between([entryId, ''], [entryId, '\uffff']).modify({ stored: false })
    }
    // Files of others that were brought there may be gone with it, and this phone has their bytes no longer.
    await db.carried.filter(({ state }) => state === 'delivered').modify({ problem: 'restored' })
    // Whatever was sent and has no receipt is asked about anew; another epoch says so by itself.
    if (isSame) await db.files.filter(({ stored }) => !stored).modify({ sentEpoch: null })
    const own = await readMeta(db, 'membership')
    const memberId = own?.membership.member.id
    const [mine, others] = [forgotten.filter((row) => row.own || row.memberId === memberId), forgotten.filter((row) => !row.own && row.memberId !== memberId)]
    // What others wrote comes again when they have sent it again; until then it is not so, and is not shown.
    await db.changes.bulkDelete(others.map(({ id }) => id))
    // What the same person wrote on a phone that may be gone is sent again from here.
    await db.changes.bulkPut(mine.map((row) => ({ ...row, own: true, seq: null, storedAs: undefined, receivedAt: null, ref: undefined, quarantined: undefined, alarm: undefined })))
    await requeueInOrder(db, new Map(mine.map(({ id, seq }) => [id, seq] as const)))
    await noteErasedPlaces(db)
    // What others made public in a history that is gone is shown again when it is public again.
    await db.digests.filter(({ seq }) => seq > restoredSeq).delete()
    await writeMeta(db, 'pull', { epoch, after: 0, scope: pull?.scope ?? null, safeSeq: 0 })
    // The number of the settings may have been given again, to others: they are asked for whole with the next sync.
    if (own !== undefined) await writeMeta(db, 'membership', { ...own, membership: { ...own.membership, campaign: { ...own.membership.campaign, revision: unknownRevision } } })
    // All of them: each entry says in which epoch its place in the log holds.
    await refold(db, new Set<EntryId>([...forgotten.map(({ entryId }) => entryId), ...(await db.entries.toCollection().primaryKeys())]))
  })
}

/**
 * What was made under another device name, here or on another phone of the same person, gets a place at the end of today's chain, and all
 * that waits goes in the order that the server had: behind what was written on them, older words would come to lie over newer ones, and an
 * entry behind its first change. Places that were given stay as they are, because a file that was handed over may bring them.
 */
async function requeueInOrder(db: DeviceDatabase, formerly: ReadonlyMap<ChangeId, number | null>): Promise<void> {
  const compare = inFormerOrder(formerly)
  const proved = new Set<ChangeId>(await db.receipts.toCollection().primaryKeys())
  const rows = (await db.changes.filter((row) => row.own && row.change !== null && row.seq === null && !proved.has(row.id)).toArray()).toSorted(compare)
  const last = (await readMeta(db, 'deviceSeq')) ?? 0
  const deviceId = (await readMeta(db, 'membership'))?.identity.deviceId
  let taken = last
  const placed = rows.map((row) => {
    if (row.ownSeq !== undefined || row.change === null) return row
    taken += 1
    return { ...row, ownSeq: taken, deviceId: deviceId ?? row.deviceId, change: { ...row.change, deviceSeq: taken }, hash: undefined }
  })
  const places = placed.flatMap(({ ownSeq }) => ownSeq ?? []).toSorted((one, other) => one - other)
  await db.changes.bulkPut(placed.map((row, index) => ({ ...row, turn: places[index] === row.ownSeq ? undefined : places[index] })))
  await writeMeta(db, 'deviceSeq', taken)
}

/** What was never there comes last, as it stood. */
function inFormerOrder(formerly: ReadonlyMap<ChangeId, number | null>): (one: ChangeRow, other: ChangeRow) => number {
  const seqOf = ({ id }: ChangeRow): number => formerly.get(id) ?? Number.MAX_SAFE_INTEGER
  return (one, other) => seqOf(one) - seqOf(other) || turnOf(one) - turnOf(other)
}

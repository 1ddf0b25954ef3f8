import type { DeviceDatabase } from '#device/store/database.ts'
import { writeMeta } from '#device/store/meta.ts'
import type { OwnMembership } from '#device/store/meta.ts'
import { readPending } from '#device/store/outbox.ts'

/** What has not arrived gets the places from 1 on in the chain of another device, with its ids; inside the caller's transaction. */
export async function chainAnew(db: DeviceDatabase, { membership, identity }: OwnMembership): Promise<void> {
  const { changes } = await readPending(db)
  const pending = new Map(changes.map(({ id }, index) => [id, index + 1] as const))
  const rows = await db.changes.orderBy('ownSeq').toArray()
  // Two steps, because the places are unique and the old ones are still taken.
  await db.changes.bulkPut(rows.map((row) => ({ ...row, ownSeq: undefined, turn: undefined, hash: undefined })))
  await db.changes.bulkPut(rows.flatMap((row) => {
    const ownSeq = pending.get(row.id)
    if (ownSeq === undefined || row.change === null) return []
    // Sent again, it stays on the server as it is there.
    const storedAs = row.seq === null ? undefined : (row.storedAs ?? { deviceId: row.deviceId, deviceSeq: row.change.deviceSeq })
    return [{ ...row, ownSeq, storedAs, turn: undefined, change: { ...row.change, deviceSeq: ownSeq }, hash: undefined, alarm: undefined, deviceId: identity.deviceId, memberId: membership.member.id }]
  }))
  await writeMeta(db, 'deviceSeq', pending.size)
  await db.meta.delete('erasedPlaces')
}

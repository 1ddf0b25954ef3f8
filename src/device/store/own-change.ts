import type { ChangeEnvelope } from '#domain/change.ts'
import { utf8Bytes } from '#device/base64.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { NewChange } from '#device/store/making.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { refold } from '#device/store/refold.ts'
import type { ChangeRow } from '#device/store/rows.ts'
import { Refusal } from '#device/store/storage-problem.ts'

/** The tables that `appendOwn` needs in its transaction. */
export const ownChangeTables = (db: DeviceDatabase) => [db.changes, db.entries, db.meta] as const

/**
 * Takes the next places of the device's chain and writes the changes there, inside the caller's transaction. IndexedDB runs
 * writing transactions over `meta` one after the other, so two tabs never take one place; the unique index says so again.
 * Hash and seal come later, from the sync runner: awaiting WebCrypto here would end the transaction.
 */
export async function appendOwn(db: DeviceDatabase, changes: readonly NewChange[]): Promise<void> {
  const own = await readMeta(db, 'membership')
  if (own === undefined) throw new Refusal({ kind: 'storage-failed', name: 'not-joined' })
  const last = (await readMeta(db, 'deviceSeq')) ?? 0
  const { deviceId, member } = own.membership
  const rows = changes.map((change, index): ChangeRow => {
    const envelope: ChangeEnvelope = { ...change, deviceSeq: last + 1 + index }
    return {
      sv: 1, id: change.id, entryId: change.entryId, own: true, ownSeq: last + 1 + index, deviceId, memberId: member.id,
      change: envelope, seq: null, receivedAt: null, bytes: utf8Bytes(JSON.stringify(envelope)).length,
    }
  })
  await db.changes.bulkAdd(rows)
  await writeMeta(db, 'deviceSeq', last + rows.length)
  await refold(db, new Set(changes.map(({ entryId }) => entryId)))
}

/** True when an earlier try of the same save was committed before its connection was lost. */
export async function isAppended(db: DeviceDatabase, change: NewChange): Promise<boolean> {
  return (await db.changes.get(change.id)) !== undefined
}

import type { ChangeEnvelope } from '#domain/change.ts'
import type { EntryId } from '#domain/ids.ts'
import { utf8Bytes } from '#device/base64.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { NewChange } from '#device/store/making.ts'
import { readMetas, writeMetas } from '#device/store/meta.ts'
import type { Meta } from '#device/store/meta.ts'
import { changesOf, foldFrom, foldKeys } from '#device/store/refold.ts'
import type { ChangeRow } from '#device/store/rows.ts'
import { newestSaved, savedAfter } from '#device/store/saved-after.ts'
import { Refusal } from '#device/store/storage-problem.ts'

/** The tables that `appendOwn` needs in its transaction. */
export const ownChangeTables = (db: DeviceDatabase) => [db.changes, db.entries, db.meta] as const

/** All that own changes of these entries are appended to. */
export interface OwnEnd {
  readonly meta: Pick<Meta, (typeof endKeys)[number]>
  readonly changes: ReadonlyMap<EntryId, readonly ChangeRow[]>
}

const endKeys = ['deviceSeq', 'lastSaved', ...foldKeys] as const

/** Asked for at once, because each request is a way to the browser and back: inside the transaction that appends, or it may be true no more. */
export async function readOwnEnd(db: DeviceDatabase, ids: ReadonlySet<EntryId>): Promise<OwnEnd> {
  const [meta, changes] = await Promise.all([readMetas(db, endKeys), Promise.all([...ids].map(async (id) => [id, await changesOf(db, id)] as const))])
  return { meta, changes: new Map(changes) }
}

/**
 * Takes the next places of the device's chain and writes the changes there, inside the caller's transaction. IndexedDB runs
 * writing transactions over `meta` one after the other, so two tabs never take one place; the unique index says so again.
 * Hash and seal come later, from the sync runner: awaiting WebCrypto here would end the transaction.
 */
export async function appendOwn(db: DeviceDatabase, changes: readonly NewChange[]): Promise<void> {
  await appendTo(db, await readOwnEnd(db, new Set(changes.map(({ entryId }) => entryId))), changes)
}

/** The same where the end of the chain has been read already. */
export async function appendTo(db: DeviceDatabase, { meta, changes: before }: OwnEnd, changes: readonly NewChange[]): Promise<void> {
  const own = meta.membership
  if (own === undefined) throw new Refusal({ kind: 'storage-failed', name: 'not-joined' })
  const last = meta.deviceSeq ?? 0
  const { deviceId, member } = own.membership
  const record = changes.find(({ type }) => type === 'record')
  const savedAt = record === undefined ? undefined : savedAfter(meta.lastSaved ?? (await newestSaved(db)), record.recordedAt)
  const rows = changes.map((change, index): ChangeRow => {
    const envelope: ChangeEnvelope = { ...change, deviceSeq: last + 1 + index }
    return {
      sv: 1, id: change.id, entryId: change.entryId, own: true, ownSeq: last + 1 + index, deviceId, memberId: member.id,
      change: envelope, seq: null, receivedAt: null, bytes: utf8Bytes(JSON.stringify(envelope)).length,
      ...(change === record && savedAt !== record.recordedAt ? { savedAt } : {}),
    }
  })
  const foldOf = ([id, earlier]: readonly [EntryId, readonly ChangeRow[]]): Promise<boolean> => foldFrom(db, id, [...earlier, ...rows.filter(({ entryId }) => entryId === id)].toSorted(byId), meta)
  await Promise.all([db.changes.bulkAdd(rows), writeMetas(db, { deviceSeq: last + rows.length, ...(savedAt === undefined ? {} : { lastSaved: savedAt }) }), ...[...before].map(foldOf)])
}

function byId(one: ChangeRow, other: ChangeRow): number {
  return one.id < other.id ? -1 : 1
}

/** True when an earlier try of the same save was committed before its connection was lost. */
export async function isAppended(db: DeviceDatabase, change: NewChange): Promise<boolean> {
  return (await db.changes.get(change.id)) !== undefined
}

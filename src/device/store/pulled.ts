import type { InferOutput } from 'valibot'
import type { EntryId, MemberId } from '#domain/ids.ts'
import { changeFrom } from '#domain/change.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { eraseChange, eraseWhatServerHad } from '#device/store/erasing.ts'
import { changesOf } from '#device/store/refold.ts'
import type { ChangeRow } from '#device/store/rows.ts'
import { RowsAtHand } from '#device/store/rows-at-hand.ts'
import type { ChangeItem, Digest, erasedSchema, PullItem } from '#protocol/sync.ts'

type ErasedItem = PullItem & { readonly erased: InferOutput<typeof erasedSchema> }
type DigestItem = PullItem & { readonly digest: Digest }
type GoneItem = PullItem & { readonly gone: EntryId }

/** The items of one page in their order, inside the caller's transaction. Applying a page again changes nothing. */
export async function applyItems(db: DeviceDatabase, items: readonly PullItem[], touched: Set<EntryId>): Promise<void> {
  const rows = await RowsAtHand.read(db.changes, items.flatMap((item) => (isChangeItem(item) ? [item.change.id] : isErasedItem(item) ? [item.erased.id] : [])))
  const names = new Map<MemberId, string>()
  for (const item of items) {
    if (isChangeItem(item)) {
      const { change, memberId, memberName } = item
      touched.add(change.entryId)
      const row = pulledRow(rows.get(change.id), item)
      if (row === null) continue
      rows.put(row)
      if (memberName !== undefined) names.set(memberId, memberName)
      if (change.type === 'erase' && item.quarantined === undefined) await rows.around(() => eraseWhatServerHad(db, change.entryId), () => changesOf(db, change.entryId))
      // Dexie keeps a transaction open over a hundred turns in which it is asked nothing, and no more: where there is nothing to do, nothing is waited for.
      if (change.type === 'fileStored' && item.quarantined === undefined) await applyFileStored(db, change)
    } else if (isErasedItem(item)) {
      touched.add(item.erased.entryId)
      await rows.around(() => eraseChange(db, { ...item.erased, seq: item.seq }), () => db.changes.bulkGet([item.erased.id]))
    } else if (isDigestItem(item)) {
      await db.digests.put({ sv: 1, entryId: item.digest.entryId, seq: item.seq, digest: item.digest })
    } else if (isGoneItem(item)) {
      await db.digests.delete(item.gone)
    }
  }
  await rows.write()
  if (names.size > 0) await db.members.bulkPut([...names].map(([id, name]) => ({ sv: 1, id, name })))
}

/** An own change comes back with its seq and keeps its place in the chain; an erased one does not come back: null. */
function pulledRow(before: ChangeRow | undefined, { change, seq, deviceId, memberId, receivedAt, ref, quarantined }: ChangeItem): ChangeRow | null {
  if (before?.change === null) return null
  const known = { seq, deviceId, memberId, receivedAt, ref, quarantined: quarantined !== undefined }
  const isAsHere = before?.deviceId === deviceId && before.change.deviceSeq === change.deviceSeq
  if (before?.own === true) return { ...before, ...known, storedAs: isAsHere ? undefined : { deviceId, deviceSeq: change.deviceSeq } }
  return { sv: 1, id: change.id, entryId: change.entryId, own: false, ...known, change, bytes: 0 }
}

/** The server's word that it holds a file: from here on the bytes may go when space is short, once a backup has them. */
async function applyFileStored(db: DeviceDatabase, change: ChangeItem['change']): Promise<void> {
  const known = changeFrom(change)
  if (known?.type === 'fileStored') await db.files.update([known.body.entryId, known.body.sha256], { stored: true })
}

/** Not every item is a change. */
export function isChangeItem(item: PullItem): item is ChangeItem {
  return 'change' in item
}

export function isErasedItem(item: PullItem): item is ErasedItem {
  return 'erased' in item
}

export function isDigestItem(item: PullItem): item is DigestItem {
  return 'digest' in item
}

function isGoneItem(item: PullItem): item is GoneItem {
  return 'gone' in item
}

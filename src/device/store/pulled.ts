import type { InferOutput } from 'valibot'
import type { EntryId } from '#domain/ids.ts'
import { changeFrom } from '#domain/change.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { eraseChange, eraseWhatServerHad } from '#device/store/erasing.ts'
import type { ChangeItem, Digest, erasedSchema, PullItem } from '#protocol/sync.ts'

type ErasedItem = PullItem & { readonly erased: InferOutput<typeof erasedSchema> }
type DigestItem = PullItem & { readonly digest: Digest }
type GoneItem = PullItem & { readonly gone: EntryId }

/** The items of one page in their order, inside the caller's transaction. Applying a page again changes nothing. */
export async function applyItems(db: DeviceDatabase, items: readonly PullItem[], touched: Set<EntryId>): Promise<void> {
  for (const item of items) {
    if (isChangeItem(item)) {
      touched.add(item.change.entryId)
      await applyChangeItem(db, item)
    } else if (isErasedItem(item)) {
      touched.add(item.erased.entryId)
      await eraseChange(db, { ...item.erased, seq: item.seq })
    } else if (isDigestItem(item)) {
      await db.digests.put({ sv: 1, entryId: item.digest.entryId, seq: item.seq, digest: item.digest })
    } else if (isGoneItem(item)) {
      await db.digests.delete(item.gone)
    }
  }
}

/** An own change comes back with its seq and keeps its place in the chain; an erased one does not come back. */
async function applyChangeItem(db: DeviceDatabase, item: ChangeItem): Promise<void> {
  const { change, seq, deviceId, memberId, receivedAt, ref } = item
  const before = await db.changes.get(change.id)
  if (before?.change === null) return
  const known = { seq, deviceId, memberId, receivedAt, ref, quarantined: item.quarantined !== undefined }
  const isAsHere = before?.deviceId === deviceId && before.change.deviceSeq === change.deviceSeq
  if (before?.own === true) await db.changes.put({ ...before, ...known, storedAs: isAsHere ? undefined : { deviceId, deviceSeq: change.deviceSeq } })
  else await db.changes.put({ sv: 1, id: change.id, entryId: change.entryId, own: false, ...known, change, bytes: 0 })
  if (change.type === 'erase' && item.quarantined === undefined) await eraseWhatServerHad(db, change.entryId)
  if (item.memberName !== undefined) await db.members.put({ sv: 1, id: memberId, name: item.memberName })
  await applyFileStored(db, item)
}

/** The server's word that it holds a file: from here on the bytes may go when space is short, once a backup has them. */
async function applyFileStored(db: DeviceDatabase, { change, quarantined }: ChangeItem): Promise<void> {
  if (change.type !== 'fileStored' || quarantined !== undefined) return
  const known = changeFrom(change)
  if (known?.type === 'fileStored') await db.files.update([known.body.entryId, known.body.sha256], { stored: true })
}

/** Not every item is a change. */
export function isChangeItem(item: PullItem): item is ChangeItem {
  return 'change' in item
}

function isErasedItem(item: PullItem): item is ErasedItem {
  return 'erased' in item
}

function isDigestItem(item: PullItem): item is DigestItem {
  return 'digest' in item
}

function isGoneItem(item: PullItem): item is GoneItem {
  return 'gone' in item
}

import type { InferOutput } from 'valibot'
import type { EntryId } from '#domain/ids.ts'
import { namedFiles } from '#domain/named-files.ts'
import { changeFrom } from '#domain/change.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { deleteFiles } from '#device/store/files.ts'
import type { ChangeRow } from '#device/store/rows.ts'
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
      await applyErased(db, item)
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
  if (before?.own === true) await db.changes.put({ ...before, ...known })
  else await db.changes.put({ sv: 1, id: change.id, entryId: change.entryId, own: false, ...known, change, bytes: 0 })
  if (item.memberName !== undefined) await db.members.put({ sv: 1, id: memberId, name: item.memberName })
  await applyFileStored(db, item)
}

/** The server's word that it holds a file: from here on the bytes may go when space is short, once a backup has them. */
async function applyFileStored(db: DeviceDatabase, { change, quarantined }: ChangeItem): Promise<void> {
  if (change.type !== 'fileStored' || quarantined !== undefined) return
  const known = changeFrom(change)
  if (known?.type === 'fileStored') await db.files.update([known.body.entryId, known.body.sha256], { stored: true })
}

/** Body and files go, the place in the chain stays with its hash. */
async function applyErased(db: DeviceDatabase, { seq, erased }: ErasedItem): Promise<void> {
  const { id, entryId } = erased
  const before = await db.changes.get(id)
  // Who made a change that this device never had is not told; it stands only so that the change cannot come back.
  const row: ChangeRow = before === undefined ? { ...nobodysRow, id, entryId, seq } : { ...before, change: null, bytes: 0 }
  await db.changes.put(row)
  const rest = await db.changes.where('entryId').equals(entryId).toArray()
  const named = new Set(rest.flatMap(({ change }) => {
    const known = change === null ? null : changeFrom(change)
    return known === null ? [] : namedFiles(known)
  }))
  await deleteFiles(db, entryId, (file) => !named.has(file.sha256))
}

const nobody = '00000000-0000-7000-8000-000000000000'
const nobodysRow = { sv: 1, own: false, deviceId: nobody as ChangeRow['deviceId'], memberId: nobody as ChangeRow['memberId'], change: null, receivedAt: null, bytes: 0 } as const

function isChangeItem(item: PullItem): item is ChangeItem {
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

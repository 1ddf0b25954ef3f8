import type { EntryId, Sha256 } from '#domain/ids.ts'
import { fail } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { DeviceCrypto, SaveProblem, ShrunkPhoto } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isReserveGiven, withReserve } from '#device/store/reserve.ts'
import type { DraftRow, FileRow } from '#device/store/rows.ts'
import { Refusal, written } from '#device/store/storage-problem.ts'

/** Small enough for one write to stay short, and for a phone with little memory. */
export const chunkBytes = 256 * 1024

/** Photo, thumbnail and the draft that names them, in one transaction. Without room for it the draft keeps its words, and this says so. */
export async function addPhoto(db: DeviceDatabase, crypto: Pick<DeviceCrypto, 'digestBytes'>, draft: EntryId, photo: ShrunkPhoto): Promise<Result<Sha256, SaveProblem>> {
  const added = await written(async () => {
    const [sha256, thumbSha256] = await Promise.all([crypto.digestBytes(photo.bytes), crypto.digestBytes(photo.thumb)])
    const named = {
      sha256, bytes: photo.bytes.byteLength, type: photo.type, width: photo.width, height: photo.height,
      thumb: { sha256: thumbSha256, bytes: photo.thumb.byteLength },
    }
    await db.write([db.drafts, db.files, db.fileChunks, db.meta], async () => {
      const row = await db.drafts.get(draft)
      if (row === undefined) throw new Refusal({ kind: 'storage-failed', name: 'no-draft' })
      // What was given up for words is not for photos.
      if (await isReserveGiven(db)) throw new Refusal({ kind: 'photo-full' })
      await putFile(db, { entryId: draft, sha256, role: 'original', type: photo.type }, photo.bytes)
      await putFile(db, { entryId: draft, sha256: thumbSha256, role: 'thumb', type: photo.type }, photo.thumb)
      const others = photosOf(row).filter((other) => shaOf(other) !== sha256)
      await db.drafts.put({ ...row, content: { ...row.content, photos: [...others, named] } })
    })
    return sha256
  })
  return added.ok || added.problem.kind !== 'storage-full' ? added : fail({ kind: 'photo-full' })
}

export async function removePhoto(db: DeviceDatabase, draft: EntryId, sha256: Sha256): Promise<void> {
  await withReserve(db, () => db.write([db.drafts, db.files, db.fileChunks], async () => {
    const row = await db.drafts.get(draft)
    if (row === undefined) return
    const kept = photosOf(row).filter((photo) => shaOf(photo) !== sha256)
    const { photos: _, ...rest } = row.content
    await db.drafts.put({ ...row, content: kept.length === 0 ? rest : { ...rest, photos: kept } })
    const named = new Set(kept.flatMap((photo) => [shaOf(photo), shaOf(thumbOf(photo))]))
    await deleteFiles(db, draft, (file) => !named.has(file.sha256))
  }))
}

/** Whoever the entry is: the same bytes have the same name. */
export async function readFile(db: DeviceDatabase, sha256: Sha256): Promise<{ readonly bytes: ArrayBuffer; readonly type: string } | null> {
  const file = await db.files.where('sha256').equals(sha256).first()
  return file === undefined || file.torn === true ? null : { bytes: await readBytes(db, file), type: file.type }
}

export async function readBytes(db: DeviceDatabase, file: Pick<FileRow, 'entryId' | 'sha256' | 'bytes'>): Promise<ArrayBuffer> {
  const whole = new Uint8Array(file.bytes)
  const chunks = await db.fileChunks.where('[entryId+sha256+n]').between([file.entryId, file.sha256, 0], [file.entryId, file.sha256, Infinity]).toArray()
  for (const { n, data } of chunks) whole.set(new Uint8Array(data), n * chunkBytes)
  return whole.buffer
}

/** Files of one entry, all or those chosen, with their bytes; inside the caller's transaction. */
export async function deleteFiles(db: DeviceDatabase, entryId: EntryId, chosen: (file: FileRow) => boolean = () => true): Promise<void> {
  const files = await filesOf(db, entryId)
  for (const file of files.filter(chosen)) {
    await db.files.delete([file.entryId, file.sha256])
    await db.fileChunks.where('[entryId+sha256+n]').between([entryId, file.sha256, 0], [entryId, file.sha256, Infinity]).delete()
  }
}

export async function filesOf(db: DeviceDatabase, entryId: EntryId): Promise<readonly FileRow[]> {
  return db.files.where('[entryId+sha256]').between([entryId, ''], [entryId, '\uffff']).toArray()
}

/** Saved files that the server has not proved to hold in this epoch: thumbnails first, so that the desk sees something soon. */
export async function pendingFiles(db: DeviceDatabase, epoch: string | null): Promise<readonly FileRow[]> {
  const files = await db.files.filter((file) => isPending(file, epoch)).toArray()
  return files.sort((a, b) => (a.role === b.role ? (a.entryId < b.entryId ? -1 : 1) : a.role === 'thumb' ? -1 : 1))
}

export function isPending(file: FileRow, epoch: string | null): boolean {
  return file.saved && file.torn !== true && isUnproved(file, epoch)
}

/** Gone from here, and the server has not said that it has it. */
export function isLost(file: FileRow, epoch: string | null): boolean {
  return file.torn === true && isUnproved(file, epoch)
}

function isUnproved({ stored, sentEpoch }: FileRow, epoch: string | null): boolean {
  return !stored && (sentEpoch === null || sentEpoch !== epoch)
}

/** The last byte was answered, which the server does only after hash check and fsync. */
export async function markSent(db: DeviceDatabase, file: FileRow, epoch: string): Promise<void> {
  await db.write([db.files], async () => {
    await db.files.update([file.entryId, file.sha256], { sentEpoch: epoch })
  })
}

async function putFile(db: DeviceDatabase, name: Pick<FileRow, 'entryId' | 'sha256' | 'role' | 'type'>, bytes: ArrayBuffer): Promise<void> {
  const chunks = Math.ceil(bytes.byteLength / chunkBytes)
  await db.files.put({ sv: 1, ...name, bytes: bytes.byteLength, chunks, saved: false, sentEpoch: null, stored: false })
  await db.fileChunks.bulkPut(Array.from({ length: chunks }, (_, n) => (
    { sv: 1 as const, entryId: name.entryId, sha256: name.sha256, n, data: bytes.slice(n * chunkBytes, (n + 1) * chunkBytes) }
  )))
}

function photosOf(draft: DraftRow): readonly unknown[] {
  const { photos } = draft.content
  return Array.isArray(photos) ? photos : []
}

function shaOf(file: unknown): unknown {
  return typeof file === 'object' && file !== null ? Reflect.get(file, 'sha256') : undefined
}

function thumbOf(photo: unknown): unknown {
  return typeof photo === 'object' && photo !== null ? Reflect.get(photo, 'thumb') : undefined
}

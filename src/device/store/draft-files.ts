import { filesIn } from '#domain/named-files.ts'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { fail } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { SaveProblem } from '#device/device.ts'
import type { DeviceCrypto } from '#device/device-ground.ts'
import type { RecordedVoice, ShrunkPhoto } from '#device/new-files.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { chunkBytes, deleteFiles } from '#device/store/files.ts'
import { isReserveGiven, withReserve } from '#device/store/reserve.ts'
import type { DraftRow, FileRow } from '#device/store/rows.ts'
import { Refusal, written } from '#device/store/storage-problem.ts'
import { wellFormed } from '#device/store/well-formed.ts'

/** What the photos and the voice note of a draft are written with. Loaded with the first of them. */
export interface DraftFilesGround {
  readonly db: DeviceDatabase
  readonly crypto: Pick<DeviceCrypto, 'digestBytes'>
}

/** Photo, thumbnail and the draft that names them, in one transaction. Without room for it the draft keeps its words, and this says so. */
export async function addPhoto({ db, crypto }: DraftFilesGround, draft: EntryId, photo: ShrunkPhoto): Promise<Result<Sha256, SaveProblem>> {
  return roomFor(async () => {
    const named = await namedPhoto(crypto, photo)
    await db.write([db.drafts, db.files, db.fileChunks, db.meta], async () => {
      const row = await draftRow(db, draft)
      await putPhoto(db, { draft, named, photo })
      await putContent(db, oneArrived(row), { photos: [...photosOf(row).filter(({ sha256 }) => sha256 !== named.sha256), named] })
    })
    return named.sha256
  })
}

/** Another picture in the place of one, with its caption: the bytes of the former are gone when this resolves. */
export async function replacePhoto({ db, crypto }: DraftFilesGround, draft: EntryId, { old, photo }: { readonly old: Sha256; readonly photo: ShrunkPhoto }): Promise<Result<Sha256, SaveProblem>> {
  return roomFor(async () => {
    const named = await namedPhoto(crypto, photo)
    await db.write([db.drafts, db.files, db.fileChunks, db.meta], async () => {
      const row = await draftRow(db, draft)
      if (!photosOf(row).some(({ sha256 }) => sha256 === old)) throw new Refusal({ kind: 'storage-failed', name: 'no-photo' })
      await putPhoto(db, { draft, named, photo })
      await putContent(db, row, { photos: photosOf(row).map((other) => (other.sha256 === old ? { ...other, ...named } : other)) })
    })
    return named.sha256
  })
}

export async function removePhoto({ db }: DraftFilesGround, draft: EntryId, sha256: Sha256): Promise<void> {
  await withReserve(db, () => db.write([db.drafts, db.files, db.fileChunks], async () => {
    const row = await db.drafts.get(draft)
    if (row === undefined) return
    const kept = photosOf(row).filter((photo) => photo.sha256 !== sha256)
    await putContent(db, row, { photos: kept.length === 0 ? undefined : kept })
  }))
}

/** What a photo shows, in the author's words; blank words are none. */
export async function captionPhoto({ db }: DraftFilesGround, draft: EntryId, { sha256, caption }: { readonly sha256: Sha256; readonly caption: string }): Promise<Result<null, SaveProblem>> {
  return written(() => withReserve(db, () => db.write([db.drafts, db.files, db.fileChunks], async () => {
    const row = await draftRow(db, draft)
    await putContent(db, row, {
      photos: photosOf(row).map((photo) => {
        const { caption: _, ...rest } = photo
        if (photo.sha256 !== sha256) return photo
        return caption.trim() === '' ? rest : { ...rest, caption: wellFormed(caption) }
      }),
    })
    return null
  })))
}

/**
 * The voice note as it is so far, in the place of what was kept of it before. While somebody speaks this is called every second, so
 * that there is always a whole note in the draft, whatever happens to the browser.
 */
export async function keepVoice({ db, crypto }: DraftFilesGround, draft: EntryId, { bytes, type, seconds }: RecordedVoice): Promise<Result<Sha256, SaveProblem>> {
  return roomFor(async () => {
    const sha256 = await crypto.digestBytes(bytes)
    await db.write([db.drafts, db.files, db.fileChunks, db.meta], async () => {
      const row = await draftRow(db, draft)
      if (await isReserveGiven(db)) throw new Refusal({ kind: 'photo-full' })
      await putFile(db, { entryId: draft, sha256, role: 'original', type }, bytes)
      await putContent(db, row, { audio: { sha256, bytes: bytes.byteLength, type, seconds } })
    })
    return sha256
  })
}

export async function removeVoice({ db }: DraftFilesGround, draft: EntryId): Promise<void> {
  await withReserve(db, () => db.write([db.drafts, db.files, db.fileChunks], async () => {
    const row = await db.drafts.get(draft)
    if (row !== undefined) await putContent(db, row, { audio: undefined })
  }))
}

/** A file never takes the room of words: a full storage is told as "no room for this file". */
async function roomFor(run: () => Promise<Sha256>): Promise<Result<Sha256, SaveProblem>> {
  const kept = await written(run)
  return kept.ok || kept.problem.kind !== 'storage-full' ? kept : fail({ kind: 'photo-full' })
}

interface NamedPhoto {
  readonly sha256: Sha256
  readonly thumb: { readonly sha256: Sha256; readonly bytes: number }
  readonly [about: string]: unknown
}

async function namedPhoto(crypto: DraftFilesGround['crypto'], { bytes, type, width, height, thumb }: ShrunkPhoto): Promise<NamedPhoto> {
  const [sha256, thumbSha256] = await Promise.all([crypto.digestBytes(bytes), crypto.digestBytes(thumb)])
  return { sha256, bytes: bytes.byteLength, type, width, height, thumb: { sha256: thumbSha256, bytes: thumb.byteLength } }
}

async function putPhoto(db: DeviceDatabase, { draft, named, photo }: { readonly draft: EntryId; readonly named: NamedPhoto; readonly photo: ShrunkPhoto }): Promise<void> {
  // What was given up for words is not for photos.
  if (await isReserveGiven(db)) throw new Refusal({ kind: 'photo-full' })
  await putFile(db, { entryId: draft, sha256: named.sha256, role: 'original', type: photo.type }, photo.bytes)
  await putFile(db, { entryId: draft, sha256: named.thumb.sha256, role: 'thumb', type: photo.type }, photo.thumb)
}

async function putFile(db: DeviceDatabase, name: Pick<FileRow, 'entryId' | 'sha256' | 'role' | 'type'>, bytes: ArrayBuffer): Promise<void> {
  const chunks = Math.ceil(bytes.byteLength / chunkBytes)
  await db.files.put({ sv: 1, ...name, bytes: bytes.byteLength, chunks, saved: false, sentEpoch: null, stored: false })
  await db.fileChunks.bulkPut(Array.from({ length: chunks }, (_, n) => (
    { sv: 1 as const, entryId: name.entryId, sha256: name.sha256, n, data: bytes.slice(n * chunkBytes, (n + 1) * chunkBytes) }
  )))
}

async function draftRow(db: DeviceDatabase, draft: EntryId): Promise<DraftRow> {
  const row = await db.drafts.get(draft)
  if (row === undefined) throw new Refusal({ kind: 'storage-failed', name: 'no-draft' })
  return row
}

/** With the photo, and not behind it: a browser killed in between would call a photo cut off that is there. */
function oneArrived(row: DraftRow): DraftRow {
  const { photosComing = 0 } = row
  return photosComing === 0 ? row : { ...row, photosComing: photosComing - 1 }
}

/** Lays fields over the draft's content; an undefined one goes, and with it the bytes of files that nothing names any more. */
async function putContent(db: DeviceDatabase, row: DraftRow, fields: Readonly<Record<string, unknown>>): Promise<void> {
  const content = { ...Object.fromEntries(Object.entries({ ...row.content, ...fields }).filter(([, value]) => value !== undefined)), kind: row.kind }
  await db.drafts.put({ ...row, content })
  const named = new Set(filesIn(content))
  await deleteFiles(db, row.id, (file) => !named.has(file.sha256))
}

/** Only this file writes them. */
function photosOf({ content }: DraftRow): readonly NamedPhoto[] {
  return Array.isArray(content.photos) ? (content.photos as readonly NamedPhoto[]) : []
}

import type { EntryId, Sha256 } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { FileRow } from '#device/store/rows.ts'

/** Small enough for one write to stay short, and for a phone with little memory. */
export const chunkBytes = 256 * 1024

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
  await dropFiles(db, files.filter(chosen))
}

/** These, as they were read in the caller's transaction. */
export async function dropFiles(db: DeviceDatabase, files: readonly FileRow[]): Promise<void> {
  for (const { entryId, sha256 } of files) {
    await db.files.delete([entryId, sha256])
    await db.fileChunks.where('[entryId+sha256+n]').between([entryId, sha256, 0], [entryId, sha256, Infinity]).delete()
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

/** What a person would count: each photo once, without its thumbnail, and voice notes apart. */
export function originalsByKind(files: readonly Pick<FileRow, 'role' | 'type'>[]): { readonly photos: number; readonly voices: number } {
  const originals = files.filter(({ role }) => role === 'original')
  const voices = originals.filter(isVoice).length
  return { photos: originals.length - voices, voices }
}

export function isVoice({ type }: Pick<FileRow, 'type'>): boolean {
  return type.startsWith('audio/')
}

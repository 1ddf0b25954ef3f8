import { AlteredFile } from '#server/files/shelf.ts'
import type { FileKind, FileShelf } from '#server/files/shelf.ts'
import { isShownCopy, sha256OfBytes } from '#server/files/verify-files.ts'
import type { StoredFile } from '#server/store/file-store.ts'

/** The bytes that were kept, for whoever shows them or hands them on; null when the storage says that there are none, and `AlteredFile` when it gives others. */
export async function readWhole(shelf: Pick<FileShelf, 'read'>, kind: FileKind, file: StoredFile): Promise<Uint8Array | null> {
  const bytes = await shelf.read(kind, file)
  if (bytes === null || (kind === 'shown' ? isShownCopy(file, bytes) : sha256OfBytes(bytes) === file.sha256)) return bytes
  throw new AlteredFile(`what the storage gives for ${kind}/${file.campaignId}/${file.sha256} is not what was kept`)
}

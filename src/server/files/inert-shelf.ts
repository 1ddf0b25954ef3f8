import { createCipheriv, createHash } from 'node:crypto'
import type { FileKind, FilePlace, FileShelf } from '#server/files/shelf.ts'

const mark = 'terrain-inert/1\n'
const head = Buffer.from(mark)

/**
 * A shelf on which nothing that was received lies as it was sent: a page, a program or a picture that breaks decoders is none of it there, whoever opens the
 * folder, indexes it, or serves the bucket by mistake. It is no secret, for its name is the key; the same file is the same bytes, so that two processes
 * may keep it at once. What a Terrain of before put there as it came is read as it is.
 */
export function inertShelf(shelf: FileShelf): FileShelf {
  return {
    keepBytes: (kind, place, bytes) => shelf.keepBytes(kind, place, kind === 'received' ? Buffer.concat([head, turned(place, bytes)]) : bytes),
    read: async (kind, place) => {
      const bytes = await shelf.read(kind, place)
      return bytes === null ? null : openedInert(kind, place, bytes)
    },
    has: shelf.has,
    remove: shelf.remove,
    tidy: shelf.tidy,
  }
}

/** What was sent, of bytes as they lie there. */
export function openedInert(kind: FileKind, place: Pick<FilePlace, 'sha256'>, bytes: Uint8Array): Uint8Array {
  const isInert = kind === 'received' && head.equals(bytes.subarray(0, head.length))
  return isInert ? turned(place, bytes.subarray(head.length)) : bytes
}

/** Its own inverse: a stream that the name of the file makes, laid over it. */
function turned({ sha256 }: Pick<FilePlace, 'sha256'>, bytes: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(`terrain-inert:${sha256}`).digest(), Buffer.alloc(16))
  return Buffer.concat([cipher.update(bytes), cipher.final()])
}

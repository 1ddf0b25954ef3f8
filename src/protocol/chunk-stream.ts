/**
 * A long stream sealed in chunks (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár). Each chunk has its number and a
 * flag for the last one in its nonce, so that a chunk that is missing, moved, doubled or of another file does not open, nor does
 * the chunk that a cut has made the last. Key and cipher are passed in; a key seals one stream only, so no nonce comes twice.
 */
export const chunkBytes = 65_536
export const tagBytes = 16

/** AES-256-GCM: the sealed bytes with the tag behind them. */
export type SealChunk = (nonce: Uint8Array, plain: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>
/** Null when the tag does not fit. */
export type OpenChunk = (nonce: Uint8Array, sealed: Uint8Array) => Promise<Uint8Array | null>

/** The file was cut, altered, put together from parts, or holds what no phone writes. */
export class BrokenBundle extends Error {}

export async function* sealChunks(plain: AsyncIterable<Uint8Array>, seal: SealChunk): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let n = 0
  for await (const { bytes, isLast } of cut(plain, chunkBytes)) {
    yield await seal(nonceOf(n, isLast), bytes)
    n += 1
  }
}

/** What was sealed, chunk by chunk, each only after it has proved itself. Throws BrokenBundle at the first that does not. */
export async function* openChunks(sealed: AsyncIterable<Uint8Array>, open: OpenChunk): AsyncGenerator<Uint8Array> {
  let n = 0
  for await (const { bytes, isLast } of cut(sealed, chunkBytes + tagBytes)) {
    const plain = bytes.length < tagBytes ? null : await open(nonceOf(n, isLast), bytes)
    if (plain === null) throw new BrokenBundle('a chunk does not prove itself')
    yield plain
    n += 1
  }
}

/** How long a stream of that length becomes. */
export function sealedLength(plainBytes: number): number {
  return plainBytes + tagBytes * Math.max(1, Math.ceil(plainBytes / chunkBytes))
}

/** Eleven bytes of number, big-endian, and one that is 1 for the last. */
export function nonceOf(n: number, isLast: boolean): Uint8Array {
  const nonce = new Uint8Array(12)
  for (let i = 0, rest = n; i < 6; i += 1, rest = Math.floor(rest / 256)) nonce[10 - i] = rest % 256
  nonce[11] = isLast ? 1 : 0
  return nonce
}

/** Pieces of one size, the last one of what is left. A full piece waits until it is known whether another follows. */
async function* cut(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<{ readonly bytes: Uint8Array; readonly isLast: boolean }> {
  let piece = new Uint8Array(size)
  let filled = 0
  for await (const bytes of source) {
    let at = 0
    while (at < bytes.length) {
      if (filled === size) {
        yield { bytes: piece, isLast: false }
        piece = new Uint8Array(size)
        filled = 0
      }
      const taken = Math.min(size - filled, bytes.length - at)
      piece.set(bytes.subarray(at, at + taken), filled)
      filled += taken
      at += taken
    }
  }
  yield { bytes: piece.subarray(0, filled), isLast: true }
}

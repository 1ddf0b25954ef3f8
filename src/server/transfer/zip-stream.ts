import { Buffer } from 'node:buffer'
import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

/** A file inside of a ZIP, as text or bytes that may come piece by piece. */
export interface ZipPart {
  readonly path: string
  readonly text: Iterable<string> | AsyncIterable<string | Uint8Array>
}

interface Written {
  readonly path: Buffer
  readonly offset: number
  readonly crc: number
  readonly packed: number
  readonly size: number
}

/** Names are UTF-8, and sizes and sums follow behind each file, because they are known only then. */
const flags = 0x0808
const deflated = 8
const version = 20
const most = 0xffff_ffff

/**
 * Files as a ZIP archive (APPNOTE 6.3.9), written while they are read, so that none is ever in memory whole. Below 4 GB; past that it
 * fails loudly.
 */
export async function* zipStream(parts: Iterable<ZipPart>, at: Date): AsyncGenerator<Uint8Array> {
  const written: Written[] = []
  const stamp = dosTime(at)
  let offset = 0
  for (const { path, text } of parts) {
    const name = Buffer.from(path)
    const head = Buffer.concat([record([[4, 0x0403_4b50], [2, version], ...common(stamp, { crc: 0, packed: 0, size: 0 }), [2, name.length], [2, 0]]), name])
    yield head
    const sums = { crc: 0, packed: 0, size: 0 }
    for await (const piece of packed(text, sums)) yield piece
    written.push({ path: name, offset, ...sums })
    const tail = record([[4, 0x0807_4b50], [4, sums.crc], [4, sums.packed], [4, sums.size]])
    yield tail
    offset += head.length + sums.packed + tail.length
    if (offset > most || sums.size > most) throw new RangeError('too large for a ZIP without its extension for 64 bits')
  }
  const directory = Buffer.concat(written.map((part) => directoryEntry(part, stamp)))
  yield directory
  yield record([[4, 0x0605_4b50], [2, 0], [2, 0], [2, written.length], [2, written.length], [4, directory.length], [4, offset], [2, 0]])
}

type Sums = { crc: number; packed: number; size: number }

/** The text deflated; `sums` is true when it has ended. */
async function* packed(text: ZipPart['text'], sums: Sums): AsyncGenerator<Uint8Array> {
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of text) {
      const bytes = Buffer.from(piece)
      sums.crc = crc32(bytes, sums.crc)
      sums.size += bytes.length
      yield bytes
    }
  }
  // A failure of the source comes out of the loop below; whoever stops reading ends the source too.
  const deflate = pipeline(Readable.from(counted(), { objectMode: false }), createDeflateRaw({ level: 5 }), () => {})
  for await (const piece of deflate) {
    sums.packed += (piece as Buffer).length
    yield piece as Buffer
  }
}

function directoryEntry({ path, offset, ...sums }: Written, stamp: Stamp): Buffer {
  return Buffer.concat([record([[4, 0x0201_4b50], [2, version], [2, version], ...common(stamp, sums), [2, path.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), path])
}

type Field = readonly [2 | 4, number]
type Stamp = { readonly time: number; readonly date: number }

function common({ time, date }: Stamp, { crc, packed: packedSize, size }: Sums): readonly Field[] {
  return [[2, flags], [2, deflated], [2, time], [2, date], [4, crc], [4, packedSize], [4, size]]
}

/** Numbers of two and four bytes, the low byte first. */
function record(fields: readonly Field[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0))
  let at = 0
  for (const [width, value] of fields) at = width === 2 ? bytes.writeUInt16LE(value, at) : bytes.writeUInt32LE(value, at)
  return bytes
}

/** Two seconds are the finest that a ZIP can say, and 1980 its first year. */
function dosTime(at: Date): Stamp {
  const year = Math.max(1980, at.getUTCFullYear()) - 1980
  return { time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), date: (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate() }
}

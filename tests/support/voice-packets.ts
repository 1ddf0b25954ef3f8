/** Reads the packets of sound out of the three containers, and packs them anew, without the library that the server does it with. */
import { readFileSync } from 'node:fs'

export const recorded = (name: string): Buffer => readFileSync(new URL(`voices/${name}`, import.meta.url))

/** Of what Chromium records: one track, one packet a SimpleBlock. */
export function webmPackets(file: Buffer): readonly Buffer[] {
  const packets: Buffer[] = []
  const walk = (from: number, to: number): void => {
    for (let at = from; at < to;) {
      const { id, start, end } = elementAt(file, at, to)
      if (id === 0x18538067 || id === 0x1f43b675) walk(start, end)
      // Track, two bytes of time, flags.
      if (id === 0xa3) packets.push(file.subarray(start + 4, end))
      at = end
    }
  }
  walk(0, file.length)
  return packets
}

function elementAt(file: Buffer, at: number, to: number): { readonly id: number; readonly start: number; readonly end: number } {
  const idBytes = Math.clz32(file.readUInt8(at)) - 23
  const sizeBytes = Math.clz32(file.readUInt8(at + idBytes)) - 23
  const start = at + idBytes + sizeBytes
  const mask = (1n << BigInt(7 * sizeBytes)) - 1n
  const size = BigInt(`0x${file.toString('hex', at + idBytes, start)}`) & mask
  const id = file.readUIntBE(at, idBytes)
  if (size !== mask) return { id, start, end: start + Number(size) }
  // Of unknown length: a cluster ends where the next one begins.
  const next = id === 0x1f43b675 ? file.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75]), start) : -1
  return { id, start, end: next === -1 ? to : next }
}

/** What stands in the boxes of sound. */
export function mp4Sound(file: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < file.length;) {
    const end = at + file.readUInt32BE(at)
    if (file.toString('latin1', at + 4, at + 8) === 'mdat') parts.push(file.subarray(at + 8, end))
    at = end
  }
  return Buffer.concat(parts)
}

/** Without the two heads. */
export function oggPackets(file: Buffer): readonly Buffer[] {
  const packets: Buffer[] = []
  let open: Buffer[] = []
  for (let at = 0; at < file.length;) {
    const lacing = file.subarray(at + 27, at + 27 + file.readUInt8(at + 26))
    at += 27 + lacing.length
    for (const length of lacing) {
      open.push(file.subarray(at, at + length))
      at += length
      if (length < 255) {
        packets.push(Buffer.concat(open))
        open = []
      }
    }
  }
  return packets.slice(2)
}

/** An Ogg file as Firefox records one (RFC 7845): a page a packet, comments in its second head, checksums as they must be. */
export function oggOf(packets: readonly Buffer[], { comments, samples }: { readonly comments: readonly string[]; readonly samples: number }): Buffer {
  const head = Buffer.from([...Buffer.from('OpusHead'), 1, 1, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0])
  const counted = (text: string): Buffer => {
    const bytes = Buffer.from(text)
    return Buffer.concat([uint32(bytes.length), bytes])
  }
  const tags = Buffer.concat([Buffer.from('OpusTags'), counted('a recorder'), uint32(comments.length), ...comments.map(counted)])
  const pages = [oggPage(head, { flags: 2, granule: 0, number: 0 }), oggPage(tags, { flags: 0, granule: 0, number: 1 })]
  for (const [at, packet] of packets.entries()) pages.push(oggPage(packet, { flags: at === packets.length - 1 ? 4 : 0, granule: (at + 1) * samples, number: at + 2 }))
  return Buffer.concat(pages)
}

function oggPage(packet: Buffer, { flags, granule, number }: { readonly flags: number; readonly granule: number; readonly number: number }): Buffer {
  const lacing = Buffer.from([...Array<number>(Math.floor(packet.length / 255)).fill(255), packet.length % 255])
  const page = Buffer.concat([Buffer.from('OggS'), Buffer.from([0, flags]), Buffer.alloc(8), uint32(7), uint32(number), uint32(0), Buffer.from([lacing.length]), lacing, packet])
  page.writeBigUInt64LE(BigInt(granule), 6)
  page.writeUInt32LE(oggChecksum(page), 22)
  return page
}

function oggChecksum(page: Buffer): number {
  let sum = 0
  for (const byte of page) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1) sum = (sum << 1) ^ (sum & 0x80000000 ? 0x04c11db7 : 0)
  }
  return sum >>> 0
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** An MP4 box around bytes. */
export function box(name: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, body])
}

/** An element of WebM around bytes, its length in eight. */
export function element(id: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE((1n << 56n) | BigInt(body.length))
  return Buffer.concat([Buffer.from(id.toString(16).padStart(2, '0'), 'hex'), length, body])
}

import { crc32, inflateRawSync } from 'node:zlib'

/** The files of a ZIP by its directory, each with the size and the sum that the directory says; throws where one is not true. */
export function unzipped(bytes: Buffer): ReadonlyMap<string, string> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const files = new Map<string, string>()
  let at = bytes.readUInt32LE(end + 16)
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [crc, packed, size, offset] = [16, 20, 24, 42].map((place) => bytes.readUInt32LE(at + place)) as [number, number, number, number]
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
    const text = inflateRawSync(bytes.subarray(start, start + packed))
    if (text.length !== size || crc32(text) !== crc) throw new Error(`${name} is not what the directory says`)
    files.set(name, text.toString('utf8'))
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return files
}

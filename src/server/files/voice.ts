/** The types of voice notes, as uploads and content name them. */
export type VoiceType = 'audio/webm' | 'audio/ogg' | 'audio/mp4'

/**
 * Whether bytes are what they say: a WebM, Ogg or MP4 file with sound and with no film in it. Nothing is decoded here; what looks
 * like anything else, a film, a page or a picture, is kept and played to nobody. What stands around the sound is left out afterwards
 * (`shown-voice.ts`).
 */
export function isVoice(type: string, bytes: Uint8Array): type is VoiceType {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (type === 'audio/webm') return isWebmSound(file)
    if (type === 'audio/ogg') return isOggSound(file)
    return type === 'audio/mp4' && isMp4Sound(file)
  } catch (error) {
    // Read past the end: it is cut off, or its lengths lie.
    if (error instanceof RangeError) return false
    throw error
  }
}

/** RFC 8794 and RFC 9559: an EBML file of the type "webm" whose tracks, listed before any sound, are all of type 2 (audio). */
function isWebmSound(file: Buffer): boolean {
  const header = elementAt(file, 0)
  if (header.id !== 0x1a45dfa3) return false
  const isWebm = childrenOf(file, header).some((child) => child.id === 0x4282 && file.toString('latin1', child.start, child.end) === 'webm')
  const segment = elementAt(file, header.end)
  if (!isWebm || segment.id !== 0x18538067) return false
  const tracks = firstChild(file, segment, 0x1654ae6b)
  if (tracks === null) return false
  const entries = childrenOf(file, tracks).filter(({ id }) => id === 0xae)
  return entries.length > 0 && entries.every((entry) => childrenOf(file, entry).some(({ id, start, end }) => id === 0x83 && end === start + 1 && file[start] === 2))
}

interface Element {
  readonly id: number
  /** Of its content; `end` is behind it. */
  readonly start: number
  readonly end: number
}

/** Lengths of ones alone mean "until the end of the file": recorders do not know how long they will run. */
function elementAt(file: Buffer, at: number): Element {
  const idBytes = vintLength(file.readUInt8(at))
  const sizeAt = at + idBytes
  const sizeBytes = vintLength(file.readUInt8(sizeAt))
  if (idBytes > 4 || sizeBytes > 8) throw new RangeError('no EBML')
  const marked = BigInt(`0x${file.toString('hex', sizeAt, sizeAt + sizeBytes)}`)
  const mask = (1n << BigInt(7 * sizeBytes)) - 1n
  const size = marked & mask
  const start = sizeAt + sizeBytes
  const end = size === mask ? file.length : start + Number(size)
  if (end > file.length || start > file.length) throw new RangeError('longer than the file')
  return { id: file.readUIntBE(at, idBytes), start, end }
}

const segmentIds: ReadonlySet<number> = new Set([0x114d9b74, 0x1549a966, 0x1654ae6b, 0x1f43b675, 0x1c53bb6b, 0x1941a469, 0x1043a770, 0x1254c367, 0xec, 0xbf])
const clusterIds: ReadonlySet<number> = new Set([0xe7, 0xa3, 0xa0, 0xa7, 0xab, 0x5854, 0xec, 0xbf])

/**
 * A WebM file as far as it is whole: up to the first element that cannot stand where it stands, or is cut off (a browser that was killed
 * leaves half a packet). The library that reads it looks for the next cluster there, and with some bytes never ends.
 */
export function wholeWebm(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const segment = elementAt(file, elementAt(file, 0).end)
  let at = segment.start
  try {
    while (at < segment.end) {
      const element = elementAt(file, at)
      // Behind a cluster of unknown length, which is read element by element, its own may follow.
      const isInCluster = clusterIds.has(element.id)
      if (!isInCluster && !segmentIds.has(element.id)) break
      at = element.id === clusterId ? element.start : element.end
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return bytes.subarray(0, at)
}

const clusterId = 0x1f43b675

/** 1 for 1xxxxxxx, 2 for 01xxxxxx, …; 9 for a byte of zeros, which begins nothing. */
function vintLength(byte: number): number {
  return Math.clz32(byte) - 23
}

function childrenOf(file: Buffer, { start, end }: Element): readonly Element[] {
  const children: Element[] = []
  for (let at = start; at < end;) {
    const child = elementAt(file, at)
    children.push(child)
    at = child.end
  }
  return children
}

/** The first child of this kind before any cluster of sound (which may be of unknown length). */
function firstChild(file: Buffer, { start, end }: Element, wanted: number): Element | null {
  for (let at = start; at < end;) {
    const child = elementAt(file, at)
    if (child.id === wanted) return child
    if (child.id === clusterId) return null
    at = child.end
  }
  return null
}

/** RFC 3533 and RFC 7845: every stream that the file begins with is Opus. */
function isOggSound(file: Buffer): boolean {
  let streams = 0
  for (let at = 0; at < file.length;) {
    if (file.toString('latin1', at, at + 4) !== 'OggS') return false
    const isFirstOfStream = (file.readUInt8(at + 5) & 2) !== 0
    const segments = file.readUInt8(at + 26)
    const body = at + 27 + segments
    if (isFirstOfStream && file.toString('latin1', body, body + 8) !== 'OpusHead') return false
    if (isFirstOfStream) streams += 1
    const length = file.subarray(at + 27, body).reduce((sum, lacing) => sum + lacing, 0)
    if (body + length > file.length) return false
    at = body + length
  }
  return streams === 1
}

/** ISO 14496-12: `ftyp` first, one `moov` whose tracks are all handled as sound. */
function isMp4Sound(file: Buffer): boolean {
  const boxes = boxesIn(file, 0, file.length)
  if (boxes[0]?.name !== 'ftyp') return false
  const movies = boxes.filter(({ name }) => name === 'moov')
  const inside = movies.flatMap(({ start, end }) => boxesIn(file, start, end))
  const tracks = inside.filter(({ name }) => name === 'trak')
  return movies.length === 1 && tracks.length > 0 && tracks.every((track) => handlerOf(file, track) === 'soun')
}

function handlerOf(file: Buffer, track: Box): string | null {
  const media = boxesIn(file, track.start, track.end).find(({ name }) => name === 'mdia')
  const handler = media === undefined ? undefined : boxesIn(file, media.start, media.end).find(({ name }) => name === 'hdlr')
  return handler === undefined ? null : file.toString('latin1', handler.start + 8, handler.start + 12)
}

interface Box {
  readonly name: string
  readonly start: number
  readonly end: number
}

function boxesIn(file: Buffer, from: number, to: number): readonly Box[] {
  const boxes: Box[] = []
  for (let at = from; at < to;) {
    const [size, name] = [file.readUInt32BE(at), file.toString('latin1', at + 4, at + 8)]
    const head = size === 1 ? 16 : 8
    const end = size === 0 ? to : at + (size === 1 ? Number(file.readBigUInt64BE(at + 8)) : size)
    if (end > to || end < at + head) throw new RangeError('a box longer than its place')
    boxes.push({ name, start: at + head, end })
    at = end
  }
  return boxes
}

import { madeByWorker } from '#server/files/picture-workers.ts'

/** Many times what the largest photo takes on a small machine; a file may be made to take longer. */
const usualSeconds = 30

/** The picture as anybody is shown it: decoded, turned upright, and encoded anew without metadata. Null when it cannot be read, or not in that time. */
export async function shownPicture(bytes: Uint8Array, seconds = usualSeconds): Promise<Uint8Array | null> {
  if (!beginsAsPicture(bytes)) return null
  return (await madeByWorker({ make: 'shown', bytes }, seconds * 1000))?.bytes ?? null
}

/** JPEG, PNG and WebP, by how their files begin (WHATWG MIME Sniffing, 6.1). What begins otherwise is given to no decoder. */
function beginsAsPicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  return head.startsWith('\xff\xd8\xff') || head.startsWith('\x89PNG\r\n\x1a\n') || (head.startsWith('RIFF') && head.endsWith('WEBP'))
}

/** For paper: a word processor knows no WebP. Its size is that of the picture itself, whatever was said of it. */
export async function documentPicture(bytes: Uint8Array): Promise<{ readonly jpeg: Uint8Array; readonly width: number; readonly height: number }> {
  const made = await madeByWorker({ make: 'document', bytes }, usualSeconds * 1000)
  if (made === null) throw new Error('a shown picture cannot be read')
  return { jpeg: made.bytes, width: made.width, height: made.height }
}

export const shownType = 'image/webp'
export const shownWidths = [320, 640, 960] as const

/** A smaller copy for lists; `width` is one of `shownWidths`. */
export async function narrowPicture(bytes: Uint8Array, width: (typeof shownWidths)[number]): Promise<Uint8Array> {
  const made = await madeByWorker({ make: 'narrow', bytes, width }, usualSeconds * 1000)
  if (made === null) throw new Error('a shown picture cannot be read')
  return made.bytes
}

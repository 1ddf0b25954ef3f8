import type { ChosenFile, UnsentFile } from '#device/handing-over.ts'

/** All of a file that a phone hands over. */
export async function bytesOf({ parts }: Pick<UnsentFile, 'parts'>): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const part of parts) pieces.push(Buffer.from(part as Uint8Array))
  return Buffer.concat(pieces)
}

/** The same as a person chooses it from a folder. */
export function chosen(bytes: Uint8Array): ChosenFile {
  return { size: bytes.length, read: (start, end) => Promise.resolve(Uint8Array.from(bytes.subarray(start, end)).buffer) }
}

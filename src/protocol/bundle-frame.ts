/**
 * What stands inside the chunks: records, each a length (four bytes, big-endian), that many bytes of JSON, and, when the JSON has
 * `bytes`, as many bytes behind it. First the author, then all runs, then the files, so that words are there before pictures;
 * then `{"kind":"end"}`. A kind that is not known is passed over with its bytes.
 */
export const endRecord = { kind: 'end' } as const

/** A record as it is sealed, without the bytes that may follow it. */
export function framed(json: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + json.length)
  new DataView(bytes.buffer).setUint32(0, json.length)
  bytes.set(json, 4)
  return bytes
}

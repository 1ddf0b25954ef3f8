import { zipStream } from '#server/transfer/zip-stream.ts'

/** These texts by their paths as a ZIP, of which every workbook is one. */
export async function zipped(parts: readonly (readonly [string, string])[]): Promise<ArrayBuffer> {
  const bytes: number[] = []
  for await (const piece of zipStream(parts.map(([path, text]) => ({ path, text: [text] })), new Date(Date.UTC(2026, 2, 1)))) bytes.push(...piece)
  return Uint8Array.from(bytes).buffer
}

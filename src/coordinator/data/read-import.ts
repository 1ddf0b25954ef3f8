import type { ChosenFile } from '#device/handing-over.ts'
import type { Sheet } from '#exchange/xlsx-rows.ts'

/** What a chosen file is, by what is in it: its name may have got lost on the way. */
export type ImportFile =
  | { readonly kind: 'sealed'; readonly file: ChosenFile }
  | { readonly kind: 'bundle'; readonly text: string }
  | { readonly kind: 'table'; readonly sheets: readonly Sheet[] }

const sealedMark = 'terrain-bundle/'
const zipMark = 'PK\u0003\u0004'

/** Excel before 2007: another format under the same icon. */
const oldExcelMark = [0xd0, 0xcf, 0x11, 0xe0]

/** Null for what cannot be read. The readers of tables are loaded when one is taken. */
export async function readImport(file: File): Promise<ImportFile | 'old-excel' | null> {
  const start = await file.slice(0, sealedMark.length).text()
  // Read piece by piece while it is sent: it may hold the photos of a year.
  if (start === sealedMark) return { kind: 'sealed', file: { size: file.size, read: (from, to) => file.slice(from, to).arrayBuffer() } }
  const bytes = new Uint8Array(await file.slice(0, oldExcelMark.length).arrayBuffer())
  if (oldExcelMark.every((byte, index) => bytes[index] === byte)) return 'old-excel'
  if (start.startsWith(zipMark)) {
    const sheets = await (await import('#exchange/xlsx-rows.ts')).xlsxSheets(await file.arrayBuffer())
    return sheets === null || sheets.length === 0 ? null : { kind: 'table', sheets }
  }
  const text = await file.text()
  if (!/^\uFEFF?\s*\{/.test(text)) return { kind: 'table', sheets: [{ name: file.name, rows: 0, csv: text }] }
  if (/"format"\s*:\s*"terrain-bundle"/.test(text.slice(0, 2000)) || /"terrain-bundle"/.test(text)) return { kind: 'bundle', text }
  const csv = (await import('#exchange/geojson-rows.ts')).geojsonCsv(text)
  return csv === null ? null : { kind: 'table', sheets: [{ name: file.name, rows: 0, csv }] }
}

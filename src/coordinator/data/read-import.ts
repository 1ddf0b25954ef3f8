import type { ChosenFile } from '#device/handing-over.ts'
import { fileText } from '#exchange/file-text.ts'
import type { FileText, OldEncoding } from '#exchange/file-text.ts'
import { TooManyCells } from '#exchange/table-size.ts'
import type { Sheet } from '#exchange/xlsx-rows.ts'
import { laterCode } from '#ui/later-screen.tsx'

/** What a chosen file is, by what is in it: its name may have got lost on the way. */
export type ImportFile =
  | { readonly kind: 'sealed'; readonly file: ChosenFile }
  | { readonly kind: 'bundle'; readonly text: string }
  | { readonly kind: 'table'; readonly sheets: readonly Sheet[]; readonly guessed?: FileText['guessed'] }

const sealedMark = 'terrain-bundle/'
const zipMark = 'PK\u0003\u0004'

/** Excel before 2007: another format under the same icon. */
const oldExcelMark = [0xd0, 0xcf, 0x11, 0xe0]

/** Null for what cannot be read. The readers of tables are loaded when one is taken; one that does not come rejects with `MissingCodeError`. `encodings` are tried where the file does not say its own. */
export async function readImport(file: File, encodings: readonly OldEncoding[]): Promise<ImportFile | 'old-excel' | 'form' | 'unknown-letters' | 'too-large' | null> {
  const start = await file.slice(0, sealedMark.length).text()
  // Read piece by piece while it is sent: it may hold the photos of a year.
  if (start === sealedMark) return { kind: 'sealed', file: { size: file.size, read: (from, to) => file.slice(from, to).arrayBuffer() } }
  const bytes = new Uint8Array(await file.slice(0, oldExcelMark.length).arrayBuffer())
  if (oldExcelMark.every((byte, index) => bytes[index] === byte)) return 'old-excel'
  if (start.startsWith(zipMark)) {
    const [{ xlsxSheets }, { isXlsForm }] = await laterCode(() => Promise.all([import('#exchange/xlsx-rows.ts'), import('#exchange/xls-form.ts')]))
    const sheets = await xlsxSheets(await file.arrayBuffer())
    if (sheets === null || sheets === 'too-large') return sheets
    if (isXlsForm(sheets)) return 'form'
    // A workbook whose sheets are all empty is whole: what it lacks is said where its rows would stand.
    return { kind: 'table', sheets: sheets.length === 0 ? [{ name: file.name, rows: 0, csv: '' }] : sheets }
  }
  const read = fileText(new Uint8Array(await file.arrayBuffer()), encodings)
  if (read === null) return 'unknown-letters'
  const { text } = read
  const table = (csv: string): ImportFile => ({ kind: 'table', sheets: [{ name: file.name, rows: 0, csv }], ...(read.guessed === undefined ? {} : { guessed: read.guessed }) })
  if (!/^\uFEFF?\s*\{/.test(text)) return table(text)
  if (/"format"\s*:\s*"terrain-bundle"/.test(text.slice(0, 2000)) || /"terrain-bundle"/.test(text)) return isJson(text) ? { kind: 'bundle', text } : null
  const { geojsonCsv } = await laterCode(() => import('#exchange/geojson-rows.ts'))
  try {
    const csv = geojsonCsv(text)
    return csv === null ? null : table(csv)
  } catch (error) {
    if (error instanceof TooManyCells) return 'too-large'
    throw error
  }
}

/** One that was cut off is told here what it is: to the server it is a message that cannot be read. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

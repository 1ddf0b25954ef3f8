import { isFormulaLike } from '#exchange/csv.ts'
import type { Cell } from '#exchange/csv.ts'
import { shortened } from '#exchange/shortened.ts'

/** How a cell looks: plain, a name of a column, a tag, or words that a spreadsheet could take for a formula when somebody edits them. */
const styles = { plain: 0, header: 1, tag: 2, quoted: 3 } as const
export type RowLook = 'plain' | 'header' | 'tag'

/** A file inside of the workbook. */
export interface XlsxPart {
  readonly path: string
  readonly text: string
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const documents = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** What a cell of a spreadsheet can hold. */
const mostCharacters = 32_767
/** And what a sheet can. */
export const mostSheetRows = 1_048_576

export const sheetPath = 'xl/worksheets/sheet1.xml'

/** Everything of a workbook with one sheet but the sheet itself, which is written row by row (ECMA-376). */
export function workbookParts(sheetName: string): readonly XlsxPart[] {
  const part = (path: string, xml: string): XlsxPart => ({ path, text: `${declaration}${xml}` })
  return [
    part('[Content_Types].xml', `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${documents}.sheet.main+xml"/><Override PartName="/${sheetPath}" ContentType="${documents}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${documents}.styles+xml"/></Types>`),
    part('_rels/.rels', `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    part('xl/workbook.xml', `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${escaped(sheetTitle(sheetName))}" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    part('xl/_rels/workbook.xml.rels', `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`),
    part('xl/styles.xml', `<styleSheet xmlns="${main}"><fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><sz val="9"/><color rgb="FF666666"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf fontId="0"/><xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="2" applyFont="1"/><xf fontId="0" quotePrefix="1"/></cellXfs></styleSheet>`),
  ]
}

/** The sheet up to its first row: names and tags stay in sight, and columns run as the language does. */
export function sheetHead({ columns, isRtl }: { readonly columns: number; readonly isRtl: boolean }): string {
  const view = `<sheetView${isRtl ? ' rightToLeft="1"' : ''} workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView>`
  return `${declaration}<worksheet xmlns="${main}"><sheetViews>${view}</sheetViews><cols><col min="1" max="${Math.max(1, columns)}" width="18" customWidth="1"/></cols><sheetData>`
}

export const sheetTail = '</sheetData></worksheet>'

/** One row, counted from one. Text is text whatever it begins with: no cell is ever a formula. */
export function sheetRow(number: number, cells: readonly Cell[], look: RowLook = 'plain'): string {
  if (number > mostSheetRows) throw new RangeError('a sheet holds no more rows')
  return `<row r="${number}">${cells.map((cell, index) => (cell === undefined || cell === '' ? '' : sheetCell(`${columnLetters(index)}${number}`, cell, look))).join('')}</row>`
}

function sheetCell(at: string, cell: string | number, look: RowLook): string {
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`
  // The same test as in CSV, so that both formats agree on what could be run.
  const style = look === 'plain' && isFormulaLike(cell) ? styles.quoted : styles[look]
  return `<c r="${at}"${style === styles.plain ? '' : ` s="${style}"`} t="inlineStr"><is><t xml:space="preserve">${escaped(shortened(cell, mostCharacters))}</t></is></c>`
}

/** What XML cannot hold is written as spreadsheets write it (`_x0007_`), and words that look like that are told apart from it. */
function escaped(text: string): string {
  return text
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000D\u000E-\u001F\uFFFE\uFFFF]/g, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A, B … Z, AA: as a spreadsheet counts its columns. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : `${columnLetters(Math.floor(index / 26) - 1)}${letter}`
}

/** The name of a sheet holds 31 characters and none of these. */
function sheetTitle(name: string): string {
  return name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31)
}

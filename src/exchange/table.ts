import { isBlank, readCsv, wordsIn } from '#exchange/csv.ts'
import type { CsvRow, QuoteFault } from '#exchange/csv.ts'
import { canonicalTag, parseHxlTag, tagFor, tagRowIndex } from '#exchange/hxl.ts'

/** One row of a table, by header or by HXL tag; `number` counts from 1 as a spreadsheet shows it. */
export interface TableRow {
  readonly number: number
  /** The cell under this header, trimmed; '' when there is none. */
  readonly at: (header: string) => string
  /** The cell under this HXL tag. */
  readonly tagged: (tag: string) => string
  /** The tag in this table that stands for a wanted one, such as `#affected+ind+min` for `#affected+min`; '' for none. */
  readonly tagLike: (tag: string) => string
  /** The row as it came, for telling whether it came before. */
  readonly cells: readonly string[]
  /** Why nobody can tell where its cells end: it is refused, whatever reads it. */
  readonly fault?: QuoteFault
}

export interface Table {
  readonly headers: readonly string[]
  readonly tags: readonly string[]
  readonly rows: readonly TableRow[]
}

/**
 * Reads a CSV with or without a row of HXL tags. The header is the row above the tags, or the first one below a title; blank rows are no rows. A header
 * whose quotation marks do not fit names no column, and stands among the rows, to be refused under its number.
 */
export function readTable(text: string): Table {
  const read = readCsv(text)
  const rows = read.map(({ cells }) => cells)
  const tagRow = tagRowIndex(rows)
  const headerRow = headerRowIndex(rows, tagRow)
  const isHeadRead = read[headerRow]?.fault === undefined && read[tagRow]?.fault === undefined
  const headers = isHeadRead ? (rows[headerRow] ?? []).map(wordsIn) : []
  const tags = isHeadRead ? (rows[tagRow] ?? []).map(tagIn) : []
  const first = Math.max(headerRow, tagRow) + 1
  return { headers, tags, rows: read.flatMap((row, index) => (row.fault === undefined && (index < first || isBlank(row.cells)) ? [] : [tableRow({ headers, tags, row, number: index + 1 })])) }
}

function tagIn(cell: string): string {
  const tag = parseHxlTag(cell)
  return tag === null ? '' : canonicalTag(tag)
}

/** The last row with words above the tags, or the first with words where there are no tags (below a title); -1 when there is none. */
function headerRowIndex(rows: readonly (readonly string[])[], tagRow: number): number {
  if (tagRow < 0) return belowTitle(rows, rows.findIndex((row) => !isBlank(row)))
  let index = tagRow - 1
  while (index >= 0 && isBlank(rows[index] ?? [])) index -= 1
  return index
}

const mostTitleRows = 10

/**
 * Many lists begin with a title and whom it is from, one cell a row; their header is the first row below that has three cells, all of them words. In a table that has fewer
 * columns, or a number among those, nobody can tell: its first row stays the header.
 */
function belowTitle(rows: readonly (readonly string[])[], first: number): number {
  const filled = (row: readonly string[]) => row.filter((cell) => cell.trim() !== '')
  const next = first < 0 ? -1 : rows.findIndex((row, index) => index >= first && filled(row).length > 1)
  if (next <= first || next - first > mostTitleRows) return first
  const names = filled(rows[next] ?? [])
  return names.length >= 3 && names.every((name) => /\p{L}/u.test(name) && !/\d{4}/.test(name)) && new Set(names).size === names.length ? next : first
}

function tableRow({ headers, tags, row: { cells, fault }, number }: { readonly headers: readonly string[]; readonly tags: readonly string[]; readonly row: CsvRow; readonly number: number }): TableRow {
  const cellIn = (names: readonly string[], name: string) => {
    const index = names.indexOf(name)
    return index < 0 ? '' : (cells[index] ?? '').trim()
  }
  return { number, cells, at: (header) => cellIn(headers, header), tagged: (tag) => cellIn(tags, tag), tagLike: (tag) => tagFor(tags, tag), ...(fault === undefined ? {} : { fault }) }
}

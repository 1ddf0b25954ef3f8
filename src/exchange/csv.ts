import Papa from 'papaparse'

/** A cell of a table that goes out; undefined is empty. */
export type Cell = string | number | undefined

/**
 * Rows as CSV (RFC 4180: CRLF, quotes doubled). Text that a spreadsheet would take for a formula gets an apostrophe
 * before it (OWASP, CSV injection), full-width signs too, and within the text behind what may end a cell; numbers stay numbers.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

/** Told to spreadsheets that guess: the text is UTF-8. */
export const byteOrderMark = '\ufeff'

function csvCell(cell: Cell): string {
  if (cell === undefined) return ''
  const text = typeof cell === 'number' ? String(cell) : harmless(cell)
  // Quoting the other delimiters as well leaves a reader that has to guess nothing to guess wrong.
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Apostrophes that people wrote themselves count as part of the sign, so that taking one away again gives back their words. */
function harmless(text: string): string {
  const guarded = text.replace(innerFormula, "'")
  return isFormulaLike(text) ? `'${guarded}` : guarded
}

/** Whether a spreadsheet could run it. */
export function isFormulaLike(text: string): boolean {
  return /^'*\s*[=+\-@\t\r＝＋－＠]/u.test(text)
}

/**
 * What a spreadsheet in French, Spanish or Russian would take for the beginning of a cell: it knows the semicolon alone, and marks amid a cell are letters
 * to it, so that words end at each semicolon and line. A list's dashes stay as they are, unless something is called behind them.
 */
const innerSign = String.raw`(?:["']|[^\S\t\r\n])*(?:[=＝]|[+\-@＋－＠][^;\t\r\n]*[(|!])`
const innerFormula = new RegExp(String.raw`(?<=[;\t\r\n])(?=${innerSign})`, 'gu')
const guardedInside = new RegExp(String.raw`(?<=[;\t\r\n])'(?=${innerSign})`, 'gu')

/** A cell as it was before `csvText` made it harmless. */
export function asWritten(cell: string): string {
  return cell.replace(guardedInside, '').replace(/^'(?='*\s*[=+\-@\t\r＝＋－＠])/u, '')
}

/** What stands in a cell of a table that was read: for people to see, to be mapped, and to be written again. */
export function wordsIn(cell: string | undefined): string {
  return asWritten((cell ?? '').trim()).trim()
}

/** Quotation marks by which nobody can tell where a cell ends: one that never closes, and ones amid words. */
export type QuoteFault = 'quote-unclosed' | 'quotes-unclear'

export interface CsvRow {
  readonly cells: readonly string[]
  /** Its cells may be those of many rows: what stands in them is for showing, never for entries. */
  readonly fault?: QuoteFault
}

/** Excel's “CSV (Macintosh)” ends its rows with a return alone, and lines within a cell with a line feed: by the first end of a row, outside of quotation marks. */
function endsInReturns(text: string): boolean {
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"') isQuoted = !isQuoted
    else if (!isQuoted && sign === '\n') return false
    else if (!isQuoted && sign === '\r') return !text.includes('\r\n')
  }
  return !text.includes('\n')
}

/**
 * All rows of a CSV text as strings, quotes resolved; a byte order mark is skipped, and line ends may be those of any system.
 * Blank rows stay in, so that a row keeps the number that a spreadsheet shows.
 */
export function readCsv(text: string): readonly CsvRow[] {
  const plain = text.startsWith(byteOrderMark) ? text.slice(1) : text
  const all = endsInReturns(plain) ? plain.replaceAll('\r', '\n') : plain.replaceAll('\r\n', '\n')
  // A first line that only tells spreadsheets the delimiter: they show no row for it, and count from the next one.
  const [line = '', , told] = /^("?)sep=([,;\t])\1\n/i.exec(all) ?? []
  const lines = all.slice(line.length)
  const { data, errors } = Papa.parse<string[]>(lines, { newline: '\n', delimiter: told ?? delimiterOf(lines) })
  // A mark that never closes is told after those amid the words that it swallowed, and says more.
  const faults = new Map(errors.flatMap(({ type, code, row }) => (type !== 'Quotes' || row === undefined ? [] : [[row, code === 'MissingQuotes' ? ('quote-unclosed' as const) : ('quotes-unclear' as const)] as const])))
  const rows = data.map((cells, index) => {
    const fault = faults.get(index)
    return fault === undefined ? { cells } : { cells, fault }
  })
  const last = rows.at(-1)
  return last !== undefined && last.fault === undefined && isBlank(last.cells) ? rows.slice(0, -1) : rows
}

/** The cells alone, of a text that is known to be whole. */
export function csvRows(text: string): readonly (readonly string[])[] {
  return readCsv(text).map(({ cells }) => cells)
}

/**
 * The delimiter that stands most often, outside of quotes, in the first line that has one. The library's own guess weighs ten
 * rows, and takes a semicolon in people's words for a delimiter.
 */
function delimiterOf(text: string): string {
  const unquoted = text.slice(0, 20_000).replace(/"[^"]*"/g, '')
  const line = unquoted.split('\n').find((one) => /[,;\t]/.test(one)) ?? ''
  const count = (delimiter: string) => line.split(delimiter).length
  return [',', ';', '\t'].reduce((most, one) => (count(one) > count(most) ? one : most))
}

export function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === '')
}

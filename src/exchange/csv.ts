import Papa from 'papaparse'

/** A cell of a table that goes out; undefined is empty. */
export type Cell = string | number | undefined

/**
 * Rows as CSV (RFC 4180: CRLF, quotes doubled). Text that a spreadsheet would take for a formula gets an apostrophe
 * before it (OWASP, CSV injection), full-width signs too; numbers stay numbers.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

/** Told to spreadsheets that guess: the text is UTF-8. */
export const byteOrderMark = '\ufeff'

function csvCell(cell: Cell): string {
  if (cell === undefined) return ''
  const text = typeof cell === 'number' ? String(cell) : harmless(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function harmless(text: string): string {
  return /^[\s]*[=+\-@\t\r＝＋－＠]/u.test(text) ? `'${text}` : text
}

/** All rows of a CSV text as strings, quotes resolved; a byte order mark is skipped, and line ends may be mixed. */
export function csvRows(text: string): readonly (readonly string[])[] {
  const plain = (text.startsWith(byteOrderMark) ? text.slice(1) : text).replaceAll('\r\n', '\n')
  const parsed = Papa.parse<string[]>(plain, { newline: '\n', skipEmptyLines: 'greedy', delimitersToGuess: [',', ';'] })
  return parsed.data
}

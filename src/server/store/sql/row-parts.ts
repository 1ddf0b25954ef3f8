/** Few enough for the parameters of a statement, and for its text to be kept prepared; SQLite writes its index of words once a statement. */
const rowsPerStatement = 50

/** Rows as they are written: so many with one statement, the rest with another. */
export function partsOf<Row>(rows: readonly Row[]): readonly (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / rowsPerStatement) }, (_, part) => rows.slice(part * rowsPerStatement, (part + 1) * rowsPerStatement))
}

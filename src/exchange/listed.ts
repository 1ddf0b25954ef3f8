/** Several values in one cell: `a; b`. A semicolon within a value stands behind a backslash, so that a name with one comes back as one name. */
const separator = '; '

export function listCell(values: readonly string[]): string {
  return values.map((value) => value.replaceAll(';', String.raw`\;`)).join(separator)
}

/** The values of such a cell. `also`: what else parts them. */
export function listed(cell: string, also = ''): readonly string[] {
  return cell.split(also === '' ? /(?<!\\);/ : new RegExp(`(?<!\\\\);|[${also}]`)).map((part) => part.replaceAll(String.raw`\;`, ';').trim())
}

import { byteOrderMark, csvText } from '#exchange/csv.ts'
import type { Cell } from '#exchange/csv.ts'
import type { FileTable } from '#exchange/file-table.ts'

/**
 * What a CSV begins with: the names of the columns and their tags. Both are ours, so no cell of them is changed: `#` is no formula, and
 * tags must stay as they are.
 */
export function csvHead({ header, tags }: Pick<FileTable<never>, 'header' | 'tags'>): string {
  return `${byteOrderMark}${csvText([header, tags])}`
}

export function csvRow(cells: readonly Cell[]): string {
  return csvText([cells])
}

import readXlsx from 'read-excel-file/universal'
import { csvText } from '#exchange/csv.ts'
import { numberText } from '#exchange/read-cells.ts'

export interface Sheet {
  readonly name: string
  readonly rows: number
  readonly csv: string
}

/** The sheets of an XLSX file that hold anything, as CSV; null for what is none. Days are written as days, formulas as what they came to. */
export async function xlsxSheets(bytes: ArrayBuffer): Promise<readonly Sheet[] | null> {
  const sheets = await readXlsx(bytes).catch(() => null)
  if (sheets === null) return null
  return sheets.flatMap(({ sheet, data }) => (data.length === 0 ? [] : [{ name: sheet, rows: data.length, csv: csvText(data.map((row) => row.map(cellText))) }]))
}

function cellText(value: unknown): string | number | undefined {
  if (value === null || value === undefined) return undefined
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'number') return numberText(value)
  return typeof value === 'string' ? value : String(value as boolean)
}

import readXlsx from 'read-excel-file/universal'
import type { SheetData } from 'read-excel-file/universal'
import { csvText } from '#exchange/csv.ts'
import { numberText } from '#exchange/read-cells.ts'
import { aboutWorkbook } from '#exchange/xlsx-extent.ts'
import { mendedWorkbook } from '#exchange/xlsx-mended.ts'

export interface Sheet {
  readonly name: string
  readonly rows: number
  readonly csv: string
}

/** The sheets of an XLSX file that hold anything, as CSV; null for what is none, and `too-large` where nobody has room for it. Days are written as days, formulas as what they came to. */
export async function xlsxSheets(bytes: ArrayBuffer): Promise<readonly Sheet[] | 'too-large' | null> {
  const { isTooLarge, days, isOdd } = await aboutWorkbook(bytes)
  if (isTooLarge) return 'too-large'
  const sheets = (isOdd ? null : await read(bytes)) ?? (await read(await mendedWorkbook(bytes)))
  if (sheets === null) return null
  return sheets.flatMap(({ sheet, data }) => (data === undefined || data.length === 0 ? [] : [{ name: sheet, rows: data.length, csv: csvText(data.map((row) => row.map((value) => cellText(value, days)))) }]))
}

/** A sheet that is a chart alone has no rows. */
async function read(workbook: ArrayBuffer): Promise<readonly { readonly sheet: string; readonly data: SheetData | undefined }[] | null> {
  return await readXlsx(workbook).catch(() => null)
}

function cellText(value: unknown, days: ReadonlyMap<number, string>): string | number | undefined {
  if (value === null || value === undefined) return undefined
  if (value instanceof Date) return days.get(value.getTime()) ?? dayText(value)
  if (typeof value === 'number') return numberText(value)
  return typeof value === 'string' ? value : String(value as boolean)
}

/** A number that stands in a column of days and is none (a phone's, `20260315`) is shown as spreadsheets show it: its row is refused, not the workbook. */
function dayText(day: Date): string {
  const text = Number.isNaN(day.getTime()) ? '' : day.toISOString().slice(0, 10)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '########'
}

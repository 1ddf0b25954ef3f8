import readXlsx from 'read-excel-file/universal'
import type { SheetData } from 'read-excel-file/universal'
import { csvText } from '#exchange/csv.ts'
import type { Cell } from '#exchange/csv.ts'
import { numberText } from '#exchange/read-cells.ts'
import { readTable } from '#exchange/table.ts'
import { aboutWorkbook } from '#exchange/xlsx-extent.ts'
import type { WorkbookAbout } from '#exchange/xlsx-extent.ts'
import { mendedWorkbook } from '#exchange/xlsx-mended.ts'

export interface Sheet {
  readonly name: string
  readonly rows: number
  readonly csv: string
  /** The workbook does not show it. */
  readonly isHidden?: boolean
  /** How many of its rows the workbook does not show, by itself or for a filter, and the table without them: they are blank, so that the others keep their numbers. */
  readonly hidden?: { readonly rows: number; readonly shown: string }
  /** Columns that the workbook does not show, counted from zero. */
  readonly hiddenColumns?: readonly number[]
  /** Cells that are read as empty, because what their formula comes to does not stand in the file. */
  readonly withoutResult?: number
}

/** The sheets of an XLSX file that hold anything, as CSV; null for what is none, and `too-large` where nobody has room for it. Days are written as days, formulas as what they came to. */
export async function xlsxSheets(bytes: ArrayBuffer): Promise<readonly Sheet[] | 'too-large' | null> {
  const { isTooLarge, days, isOdd, sheets: facts } = await aboutWorkbook(bytes)
  if (isTooLarge) return 'too-large'
  const sheets = (isOdd ? null : await read(bytes)) ?? (await read(await mendedWorkbook(bytes)))
  if (sheets === null) return null
  return sheets.flatMap(({ sheet, data }, index) => (data === undefined || data.length === 0 ? [] : [sheetWith({ name: sheet, cells: data.map((row) => row.map((value) => cellText(value, days))), facts: facts[index] })]))
}

function sheetWith({ name, cells, facts }: { readonly name: string; readonly cells: readonly (readonly Cell[])[]; readonly facts: WorkbookAbout['sheets'][number] | undefined }): Sheet {
  const csv = csvText(cells)
  const sheet = { name, rows: cells.length, csv }
  if (facts === undefined) return sheet
  // Names of columns and tags count wherever they stand: tags are hidden often.
  const hiddenRows = facts.hiddenRows.size === 0 ? new Set<number>() : new Set(readTable(csv).rows.map(({ number }) => number).filter((number) => facts.hiddenRows.has(number)))
  const width = facts.hiddenColumns.length === 0 ? 0 : (cells[0]?.length ?? 0)
  const hiddenColumns = Array.from({ length: width }, (_, column) => column).filter((column) => facts.hiddenColumns.some(([from, to]) => column + 1 >= from && column + 1 <= to) && cells.some((row) => (row[column] ?? '') !== ''))
  return {
    ...sheet,
    ...(facts.isHidden ? { isHidden: true } : {}),
    ...(hiddenRows.size === 0 ? {} : { hidden: { rows: hiddenRows.size, shown: csvText(cells.map((row, index) => (hiddenRows.has(index + 1) ? row.map(() => undefined) : row))) } }),
    ...(hiddenColumns.length === 0 ? {} : { hiddenColumns }),
    ...(facts.withoutResult === 0 ? {} : { withoutResult: facts.withoutResult }),
  }
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

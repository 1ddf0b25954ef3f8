import { csvRows } from '#exchange/csv.ts'
import type { Sheet } from '#exchange/xlsx-rows.ts'

/**
 * Whether a workbook asks, and holds no answers: an XLSForm has a question in each row of its sheet `survey`, with type and name, and on sheets of their own what may be chosen or
 * how the form is called. Tools that collect give form and answers as files of one name.
 */
export function isXlsForm(sheets: readonly Sheet[]): boolean {
  const named = (name: string) => sheets.find((sheet) => sheet.name.trim().toLowerCase() === name)
  const survey = named('survey')
  if (survey === undefined || (named('choices') ?? named('settings')) === undefined) return false
  const header = new Set(csvRows(survey.csv)[0]?.map((cell) => cell.trim().toLowerCase()))
  return header.has('type') && header.has('name')
}

import * as v from 'valibot'
import { isCalendarDay } from '#domain/calendar-day.ts'

export const reportFormats = ['html', 'docx'] as const
export type ReportFormat = (typeof reportFormats)[number]

const daySchema = v.pipe(v.string(), v.isoDate())

const mostYears = 100

/**
 * Days of which a report can be made, the first not after the last. A report looks at each week, in each area and topic: of a year that somebody is still typing (0202) it
 * would be a hundred thousand, and nobody else would be answered meanwhile. The 30th of February is 2 March to some engines and nothing to others.
 */
export function isReportPeriod({ from, to }: { readonly from: string; readonly to: string }): boolean {
  return isCalendarDay(from) && isCalendarDay(to) && from >= '1900-01-01' && from <= to && to < '2200' && Number(to.slice(0, 4)) - Number(from.slice(0, 4)) <= mostYears
}

/** `GET /reports/working`: the report on what is approved at this moment. Days are included, the first not after the last. */
export const reportOrderSchema = v.pipe(
  v.looseObject({ from: daySchema, to: daySchema, language: v.pipe(v.string(), v.maxLength(20)), format: v.optional(v.picklist(reportFormats), 'html') }),
  v.check((period) => isReportPeriod(period), 'period'),
)

/** Says of a file that it is a report of ours: a captive portal answers with a page as well. */
export const reportHeader = 'x-terrain-report'

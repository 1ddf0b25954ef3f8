import * as v from 'valibot'

export const reportFormats = ['html', 'docx'] as const
export type ReportFormat = (typeof reportFormats)[number]

const daySchema = v.pipe(v.string(), v.isoDate())

/** `GET /reports/working`: the report on what is approved at this moment. Days are included, the first not after the last. */
export const reportOrderSchema = v.pipe(
  v.looseObject({ from: daySchema, to: daySchema, language: v.pipe(v.string(), v.maxLength(20)), format: v.optional(v.picklist(reportFormats), 'html') }),
  v.check(({ from, to }) => from <= to, 'first-after-last'),
)

/** Says of a file that it is a report of ours: a captive portal answers with a page as well. */
export const reportHeader = 'x-terrain-report'

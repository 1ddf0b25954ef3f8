import * as v from 'valibot'
import { kinds } from '#domain/kinds.ts'

const field = v.pipe(v.string(), v.regex(/^[A-Za-z][\w.]{0,40}$/))
const text = v.pipe(v.string(), v.maxLength(300))

/** In which order the numbers of a date stand where the year is not first. */
export const dayOrders = ['dmy', 'mdy'] as const

/** Columns behind this one can be none of a plan. */
export const lastPlanColumn = 500

export const longestListName = 80

/**
 * How somebody reads a table: which column is which field, what stands in all rows, and which code a word of the file means. It travels with
 * the file, so that the server reads it exactly as it was shown.
 */
export const planSchema = v.strictObject({
  kind: v.picklist(kinds),
  /** By field, the number of the column, from 0. */
  columns: v.record(field, v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(lastPlanColumn))),
  /** By field, what holds for every row whose own cell says nothing. */
  constants: v.record(field, text),
  /** By field and by what stands in the file: the code, or '' where a row with it cannot become an entry. */
  values: v.record(field, v.record(text, v.pipe(v.string(), v.maxLength(40)))),
  dayOrder: v.picklist(dayOrders),
  /** The column whose cell is a row's own number, and the name of the list in which it is: another list, or one that counts anew, has the same numbers for other rows. */
  rowId: v.optional(v.strictObject({ column: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(lastPlanColumn)), list: v.pipe(v.string(), v.regex(/\S/), v.maxLength(longestListName)) })),
})
export type Plan = v.InferOutput<typeof planSchema>

import * as v from 'valibot'
import { entryIdSchema } from '#domain/ids.ts'
import { assignedListSchema } from '#protocol/assignment.ts'
import { entryRowSchema } from '#protocol/desk.ts'

/** The query of `GET /fresh`: what has happened after this place in the log; without one, only where the log ends. */
export const freshQuerySchema = v.looseObject({
  campaignId: v.optional(v.string()),
  after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))),
  /** The `assignments` of the answer before: whoever sends it, or `new` at first, is told whose entries have become since. */
  assignments: v.optional(v.pipe(v.string(), v.regex(/^(?:new|\d{1,15})$/))),
  /** The `asides` of the answer before: whoever sends it, or `new` at first, is told what was set aside with a whole member since. */
  asides: v.optional(v.pipe(v.string(), v.regex(/^(?:new|\d{1,15}\.\d{1,15})$/))),
})

/**
 * A desk asks for this every few seconds, so the quiet answer has three members. `seq` is how far was looked: with `more` there is
 * more behind it. Another `epoch`, or a `seq` below the one asked for, is another history: everything is read anew.
 */
export const freshResponseSchema = v.looseObject({
  epoch: v.string(),
  seq: v.number(),
  more: v.boolean(),
  /** The entries that something was said on since, as they stand now; `row` is null where nothing of it counts: `aside` tells what may count again from what was erased. */
  touched: v.array(v.looseObject({ id: entryIdSchema, seq: v.number(), row: v.nullable(entryRowSchema), aside: v.optional(v.boolean()) })),
  /** How far was looked for that, and what has gone to somebody or back since. */
  assignments: v.optional(v.number()),
  assigned: v.optional(assignedListSchema),
  /** How far was looked for that, and which entries were set aside with whoever wrote them since. One that counts again is among the touched. */
  asides: v.optional(v.string()),
  aside: v.optional(v.array(entryIdSchema)),
})
export type FreshResponse = v.InferOutput<typeof freshResponseSchema>

import * as v from 'valibot'
import { entryIdSchema } from '#domain/ids.ts'
import { entryRowSchema } from '#protocol/desk.ts'

/** The query of `GET /fresh`: what has happened after this place in the log; without one, only where the log ends. */
export const freshQuerySchema = v.looseObject({
  campaignId: v.optional(v.string()),
  after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))),
})

/**
 * A desk asks for this every few seconds, so the quiet answer has three members. `seq` is how far was looked: with `more` there is
 * more behind it. Another `epoch`, or a `seq` below the one asked for, is another history: everything is read anew.
 */
export const freshResponseSchema = v.looseObject({
  epoch: v.string(),
  seq: v.number(),
  more: v.boolean(),
  /** The entries that something was said on since, as they stand now; `row` is null where nothing of it counts. */
  touched: v.array(v.looseObject({ id: entryIdSchema, seq: v.number(), row: v.nullable(entryRowSchema) })),
})
export type FreshResponse = v.InferOutput<typeof freshResponseSchema>

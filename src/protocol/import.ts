import * as v from 'valibot'
import { entryIdSchema, refSchema } from '#domain/ids.ts'

/** What an import did: how many rows became entries, and every refused row with its reason. */
export const importResponseSchema = v.looseObject({
  accepted: v.number(),
  duplicates: v.number(),
  /** Photos and voice notes that came with a bundle and are kept now. */
  files: v.optional(v.number()),
  /** How many of the refused rows are here already under another reading: another language or severity for all rows, another code for a word. `again` brings them in. */
  otherwise: v.optional(v.number()),
  /** `entry` is the one for which the row was taken, and `fields` are those in which they differ. */
  refused: v.array(v.looseObject({ row: v.number(), reason: v.string(), field: v.optional(v.string()), entry: v.optional(v.looseObject({ id: entryIdSchema, ref: v.nullable(refSchema) })), fields: v.optional(v.array(v.string())) })),
})
export type ImportResponse = v.InferOutput<typeof importResponseSchema>

import * as v from 'valibot'
import { coverages } from '#domain/codes/code-lists.ts'
import { changeIdSchema, entryIdSchema } from '#domain/ids.ts'
import { entryRowSchema } from '#protocol/desk.ts'

/** Why something is suggested; a kind that this app does not know is not shown. See `Reason` of `domain/matching`. */
const reason = v.looseObject({
  kind: v.string(), km: v.optional(v.number()), days: v.optional(v.number()), topic: v.optional(v.string()), concepts: v.optional(v.array(v.string())), numbers: v.optional(v.array(v.number())),
})

/** `id` is the other entry. */
const link = v.looseObject({ change: changeIdSchema, id: entryIdSchema, kind: v.string(), coverage: v.nullable(v.picklist(coverages)) })

/**
 * The answer of `GET /entries/{id}/near`: what the entry may have to do with others, the likeliest first, and what is said of it
 * elsewhere. A suggestion changes nothing; what a person confirms is a `link` change.
 */
export const nearResponseSchema = v.looseObject({
  same: v.array(v.looseObject({ id: entryIdSchema, kind: v.picklist(['sameAs', 'duplicateOf']), reasons: v.array(reason) })),
  /** For an action the challenges that it may answer, for a challenge the actions. */
  answers: v.array(v.looseObject({ id: entryIdSchema, coverage: v.nullable(v.picklist(coverages)), reasons: v.array(reason) })),
  /** What this entry says of others, and others of this one; `change` is the step that an `unlink` names. */
  linksTo: v.array(link),
  linkedFrom: v.array(link),
  /** Every entry that is named here, as far as it still stands. */
  rows: v.array(entryRowSchema),
  /** How many were compared, and whether there were more in reach than are ever compared. */
  compared: v.number(),
  isCut: v.boolean(),
})
export type NearResponse = v.InferOutput<typeof nearResponseSchema>
export type NearReason = v.InferOutput<typeof reason>

/** `PUT /entries/{id}/apart`: a coordinator has looked and says no; these two are not suggested again. `apart: false` takes it back. */
export const apartRequestSchema = v.strictObject({ other: entryIdSchema, as: v.picklist(['same', 'answers']), apart: v.boolean() })
export type ApartRequest = v.InferOutput<typeof apartRequestSchema>
export type NearLink = v.InferOutput<typeof link>

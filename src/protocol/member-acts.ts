import * as v from 'valibot'
import { instantSchema } from '#domain/ids.ts'
import { plainText } from '#domain/plain-text.ts'

const reasonSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500), plainText)

/** `POST /members/{id}/erase`: everything of a member, for good. */
export const eraseMemberRequestSchema = v.strictObject({ reason: reasonSchema })
/** `filesLeft`: files of what was erased in the campaign that the storage has not let go yet. */
export const memberErasedSchema = v.looseObject({ entries: v.number(), filesLeft: v.optional(v.number(), 0) })
export type MemberErased = v.InferOutput<typeof memberErasedSchema>

/** `PUT /members/{id}/aside`: what a member has brought since then and nobody has decided on, and all that comes. `DELETE` lets all of it count. */
export const asideRequestSchema = v.strictObject({ since: instantSchema, reason: reasonSchema })
export const memberSetAsideSchema = v.looseObject({ entries: v.number() })
export type MemberSetAside = v.InferOutput<typeof memberSetAsideSchema>

/** What is held about a member, as a ZIP of JSON and their files. */
export const heldType = 'application/zip'

import * as v from 'valibot'
import { entryIdSchema, memberIdSchema } from '#domain/ids.ts'

/** As many entries as one act may give. */
export const mostAssigned = 200

/** What stands for who asks, and for nobody, where a list is narrowed by whose the entries are. */
export const [assignedToMe, assignedToNobody] = ['me', 'nobody'] as const

export const assigneeSchema = v.looseObject({ id: memberIdSchema, name: v.string() })
export type Assignee = v.InferOutput<typeof assigneeSchema>

const assignedSchema = v.looseObject({ id: entryIdSchema, assignee: v.nullable(assigneeSchema) })
/** Whose an entry is to read; nobody's: null. */
export type Assigned = v.InferOutput<typeof assignedSchema>
export const assignedListSchema = v.array(assignedSchema)

/**
 * `POST /assignments`: gives entries to somebody who may review, or back (`to: null`). `was` is whose each was as far as the caller
 * knew: what has gone to somebody else since stays there, and the answer says so. Whose an entry is changes nothing of what may be
 * read or decided.
 */
export const assignRequestSchema = v.strictObject({
  entries: v.pipe(v.array(v.strictObject({ id: entryIdSchema, was: v.nullable(memberIdSchema) })), v.minLength(1), v.maxLength(mostAssigned)),
  to: v.nullable(memberIdSchema),
})
export type AssignRequest = v.InferOutput<typeof assignRequestSchema>

/** Whose each of them is now, those left out that do not exist. */
export const assignResponseSchema = v.looseObject({ assigned: assignedListSchema })
export type AssignResponse = v.InferOutput<typeof assignResponseSchema>

/** The answer of `GET /reviewers`: who can be given entries, each with how many of theirs wait to be read. */
export const reviewersResponseSchema = v.looseObject({
  reviewers: v.array(v.looseObject({ id: memberIdSchema, name: v.string(), organisation: v.optional(v.string()), toRead: v.number() })),
})
export type ReviewersResponse = v.InferOutput<typeof reviewersResponseSchema>
export type ReviewerRow = ReviewersResponse['reviewers'][number]

import * as v from 'valibot'
import { plainText } from '#domain/plain-text.ts'

/** How many views one coordinator may save in a campaign. */
export const maxSavedViews = 40

const nameSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60), plainText)
/** The search of the queue's address: the same text gives the same list to whoever opens it. */
const searchSchema = v.pipe(v.string(), v.maxLength(2000), plainText)

/** A list under a name that its coordinator finds again on every device. */
export const savedViewSchema = v.looseObject({ id: v.pipe(v.string(), v.uuid()), name: nameSchema, search: searchSchema })
export type SavedView = v.InferOutput<typeof savedViewSchema>

/** What `PUT /views/{id}` takes. */
export const saveViewSchema = v.looseObject({ name: nameSchema, search: searchSchema })

export const savedViewsResponseSchema = v.looseObject({ views: v.array(savedViewSchema) })
export type SavedViewsResponse = v.InferOutput<typeof savedViewsResponseSchema>

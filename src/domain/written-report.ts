import * as v from 'valibot'
import { addressees, horizons, unescoProgrammes } from '#domain/codes/code-lists.ts'
import { languageTagSchema } from '#domain/entry.ts'
import { changeIdSchema, entryIdSchema, sha256Schema } from '#domain/ids.ts'
import { plainText } from '#domain/plain-text.ts'

/** What coordinators write in a report: findings under one of the three questions, and priorities, each sentence with what it rests on. */

/** How far a report of a finding may be trusted; a `case` comes from one author. */
export const confidences = ['high', 'moderate', 'low', 'case'] as const
export type Confidence = (typeof confidences)[number]

export const mostSentences = 12
export const mostCites = 60
export const mostQuotes = 4
export const mostPhotos = 4
/** In UTF-16 code units. */
export const longestSentence = 600

const partIdSchema = v.pipe(v.string(), v.uuid())

/** An entry as of one revision: what a number or a sentence rests on. */
export const citationSchema = v.strictObject({ entryId: entryIdSchema, revision: changeIdSchema, contentHash: sha256Schema })
export type Citation = Readonly<v.InferOutput<typeof citationSchema>>

/** One photo of an entry, named as the entry names it. */
const citedPhotoSchema = v.strictObject({ ...citationSchema.entries, photo: sha256Schema })
export type CitedPhoto = Readonly<v.InferOutput<typeof citedPhotoSchema>>

/** The place of an inserted number in a sentence: `{1}` to `{9}`. */
export const figureSlot = /\{([1-9])\}/g

/**
 * `text` holds `{1}` where a number stands that was inserted, and `figures` says which of the report's figures that is: it is counted anew
 * each time the report is composed.
 */
export const writtenSentenceSchema = v.strictObject({
  id: partIdSchema,
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longestSentence), plainText),
  lang: languageTagSchema,
  cites: v.pipe(v.array(citationSchema), v.maxLength(mostCites)),
  figures: v.record(v.pipe(v.string(), v.regex(/^[1-9]$/)), v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
})
export type WrittenSentence = DeepReadonly<v.InferOutput<typeof writtenSentenceSchema>>

/** An entry that says otherwise; `settled` says how it was settled, null while it is not. */
const contradictionSchema = v.strictObject({ ...citationSchema.entries, settled: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longestSentence), plainText)) })
export type Contradiction = Readonly<v.InferOutput<typeof contradictionSchema>>

const common = {
  id: partIdSchema,
  topic: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(40), plainText)),
  sentences: v.pipe(v.array(writtenSentenceSchema), v.minLength(1), v.maxLength(mostSentences)),
  /** Words of people that stand with it, from the entries as they are. */
  quotes: v.pipe(v.array(citationSchema), v.maxLength(mostQuotes)),
  /** Photos that stand with it; absent where there is none. */
  photos: v.optional(v.pipe(v.array(citedPhotoSchema), v.maxLength(mostPhotos))),
  against: v.pipe(v.array(contradictionSchema), v.maxLength(mostCites)),
  /** A coordinator's word on the confidence: it may lower what is computed, never raise it. */
  confidence: v.optional(v.picklist(confidences)),
}

export const writtenFindingSchema = v.strictObject({ kind: v.literal('finding'), question: v.picklist([1, 2, 3]), ...common })
export type WrittenFinding = DeepReadonly<v.InferOutput<typeof writtenFindingSchema>>

export const writtenPrioritySchema = v.strictObject({
  kind: v.literal('priority'), ...common,
  horizon: v.picklist(horizons),
  addressees: v.pipe(v.array(v.picklist(addressees)), v.minLength(1), v.maxLength(addressees.length)),
  programme: v.picklist(unescoProgrammes),
  /** Sustainable Development Goals by their number. */
  sdgs: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(17))), v.maxLength(17)),
})
export type WrittenPriority = DeepReadonly<v.InferOutput<typeof writtenPrioritySchema>>

export const writtenPartSchema = v.variant('kind', [writtenFindingSchema, writtenPrioritySchema])
export type WrittenPart = WrittenFinding | WrittenPriority

/** Everything that a part rests on: of its sentences, and what stands beside them. */
export function citationsOf(part: WrittenPart): readonly Citation[] {
  return [...part.sentences.flatMap(({ cites }) => cites), ...besides(part)]
}

/** What stands beside the sentences of a part: quotations, photos, and what says otherwise. */
export function besides({ quotes, photos = [], against }: WrittenPart): readonly Citation[] {
  return [...quotes, ...photos, ...against]
}

/** All that is written, in its order. */
export type WrittenReport = readonly WrittenPart[]

export const nothingWritten: WrittenReport = []

type DeepReadonly<Value> = Value extends string ? Value : Value extends object ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> } : Value

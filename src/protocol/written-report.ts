import * as v from 'valibot'
import { isCalendarDay } from '#domain/calendar-day.ts'
import { languageTagSchema } from '#domain/entry.ts'
import { entryIdSchema, instantSchema, memberIdSchema, refSchema, sha256Schema } from '#domain/ids.ts'
import { plainText } from '#domain/plain-text.ts'
import { isReportPeriod } from '#protocol/report.ts'
import { citationSchema, confidences, longestSentence, writtenPartSchema } from '#domain/written-report.ts'

/** What coordinators write together, and what they publish. Every write says on which version it rests; another one answers `precondition-failed`. */

const daySchema = v.pipe(v.string(), v.isoDate())
const versionSchema = v.pipe(v.number(), v.integer(), v.minValue(0))
const partId = v.pipe(v.string(), v.uuid())

/** As many findings and priorities as one report holds. */
export const mostParts = 200

const bySchema = v.looseObject({ id: memberIdSchema, name: v.string() })

/** What one coordinator wrote last, and when; `version` grows with each write. */
export const draftPartSchema = v.looseObject({ part: writtenPartSchema, place: v.number(), version: versionSchema, by: v.nullable(bySchema), at: instantSchema })
export type DraftPart = v.InferOutput<typeof draftPartSchema>

export const evidenceChangeSchema = v.picklist(['revised', 'corrected', 'withdrawn', 'rejected', 'reopened', 'inConflict', 'erased', 'unknown'])
/** A sentence, or what stands beside it (`sentence: null`), whose evidence is no longer what was cited. */
export const flagSchema = v.looseObject({
  finding: v.string(), sentence: v.nullable(v.string()),
  changed: v.array(v.looseObject({ citation: citationSchema, ref: v.nullable(refSchema), changes: v.array(evidenceChangeSchema) })),
})
export type Flag = v.InferOutput<typeof flagSchema>

export const correctionSchema = v.looseObject({ id: v.string(), at: instantSchema, sentence: v.nullable(v.string()), text: v.string(), lang: v.string() })
export type Correction = v.InferOutput<typeof correctionSchema>

export const issueRowSchema = v.looseObject({
  number: v.number(), slug: v.string(), url: v.string(), from: daySchema, to: daySchema, publishedAt: instantSchema, by: v.nullable(bySchema), digest: sha256Schema,
  /** What has become of its evidence since. */
  flags: v.array(flagSchema),
  /** The written sentences of the issue that are flagged, by their id, so that they can be read here. */
  sentences: v.record(v.string(), v.string()),
  corrections: v.array(correctionSchema),
})
export type IssueRow = v.InferOutput<typeof issueRowSchema>

/** Period and date of the next issue; version 0 is one that nobody has set yet. */
const settingsSchema = v.looseObject({ from: daySchema, to: daySchema, next: v.nullable(daySchema), version: versionSchema })
export type DraftSettings = v.InferOutput<typeof settingsSchema>

/** `GET /reports/draft`. */
export const draftResponseSchema = v.looseObject({
  /** Of the issue that it becomes. */
  number: v.number(), settings: settingsSchema, parts: v.array(draftPartSchema), flags: v.array(flagSchema), issues: v.array(issueRowSchema),
})
export type DraftResponse = v.InferOutput<typeof draftResponseSchema>

/** `PUT /reports/draft`. */
export const draftSettingsRequestSchema = v.pipe(
  v.strictObject({ from: daySchema, to: daySchema, next: v.nullable(v.pipe(daySchema, v.check(isCalendarDay))), was: versionSchema }),
  v.check((period) => isReportPeriod(period), 'period'),
)
export type DraftSettingsRequest = v.InferOutput<typeof draftSettingsRequestSchema>

/** `PUT /reports/draft/parts/{id}`; `was` 0 makes it. The answer of both is the version that it has now. */
export const putPartRequestSchema = v.strictObject({ part: writtenPartSchema, place: v.pipe(v.number(), v.minValue(0), v.maxValue(1_000_000)), was: versionSchema })
export type PutPartRequest = v.InferOutput<typeof putPartRequestSchema>
export const versionResponseSchema = v.looseObject({ version: versionSchema })

/** `DELETE /reports/draft/parts/{id}?was=3`. */
export const removePartQuerySchema = v.looseObject({ was: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)) })

/** What a finding rests on, for those who may see small numbers. */
const groundsSchema = v.looseObject({
  id: v.string(), computed: v.picklist(confidences), confidence: v.picklist(confidences), entries: v.number(), authors: v.number(), organisations: v.number(), sourceTypes: v.number(), graded: v.number(), unsettled: v.number(),
  /** Sentences that nothing stands behind. */
  unsupported: v.array(v.string()),
  /** Those of them that cite entries which would count, but not in these days. */
  outside: v.array(v.string()),
  /** Of a priority: whether it rests on as many entries and authors as it should. */
  founded: v.nullable(v.boolean()),
})
export type PartGrounds = v.InferOutput<typeof groundsSchema>

/** What may be quoted now: open, approved, with the person's consent, within the period. */
const quotableSchema = v.looseObject({ citation: citationSchema, ref: refSchema, text: v.string(), lang: v.string(), topic: v.string() })
export type Quotable = v.InferOutput<typeof quotableSchema>

/** A photo that may be shown now, under the same rule. */
const picturableSchema = v.looseObject({ citation: citationSchema, photo: sha256Schema, ref: refSchema, caption: v.nullable(v.string()), lang: v.string(), topic: v.string(), width: v.number(), height: v.number() })
export type Picturable = v.InferOutput<typeof picturableSchema>

/** A number of the report that may be inserted: `say` names it in the language that was asked for; `count` null is not shown. */
const insertableSchema = v.looseObject({ id: v.string(), say: v.string(), count: v.nullable(v.number()) })
export type Insertable = v.InferOutput<typeof insertableSchema>

/** `GET /reports/draft/evidence?language=fr`: the draft composed as it stands. */
export const draftEvidenceQuerySchema = v.looseObject({ language: v.pipe(v.string(), v.maxLength(20)) })
export const draftEvidenceSchema = v.looseObject({
  parts: v.array(groundsSchema), numbers: v.array(insertableSchema), quotes: v.array(quotableSchema), photos: v.array(picturableSchema),
  /** How many older ones there are besides. */
  older: v.optional(v.looseObject({ quotes: v.number(), photos: v.number() })),
  /** Issues of some of the same days, beside which so many sensitive entries could be read out of this one. */
  beside: v.optional(v.nullable(v.looseObject({ issues: v.array(v.number()), entries: v.number() }))),
})
export type DraftEvidence = v.InferOutput<typeof draftEvidenceSchema>

/** Where nothing is asked for, the days are the draft's, which have been looked at. */
const usualDay = '2026-01-01'

/** `GET /reports/draft/figures?id=challenges/topic/EDU`: every entry behind one number of the report, for those who may see small ones. Of other days than the draft's with `from` and `to`. */
export const figureQuerySchema = v.pipe(v.looseObject({ id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)), from: v.optional(daySchema), to: v.optional(daySchema), language: v.optional(v.pipe(v.string(), v.maxLength(20)), 'en') }), v.check(({ from, to }) => isReportPeriod({ from: from ?? to ?? usualDay, to: to ?? from ?? usualDay }), 'period'))
export const figureEntriesSchema = v.looseObject({
  /** Under which words the report shows it, in the language that was asked for; null where it stands in no table of its own. */
  name: v.nullable(v.string()),
  /** As it is shown; null is not shown, whatever it is. */
  count: v.nullable(v.number()),
  entries: v.array(v.looseObject({ id: entryIdSchema, ref: refSchema, topic: v.string(), observedOn: daySchema, words: v.string() })),
})
export type FigureEntries = v.InferOutput<typeof figureEntriesSchema>

/** `POST /reports/draft/publish`: what was read, so that nothing is published that nobody saw. The same id again is answered with the same issue, and publishes nothing. */
export const publishRequestSchema = v.strictObject({
  id: v.optional(partId), settings: versionSchema,
  /** Which days were read: before anybody has set them they are others after midnight. */
  days: v.optional(v.strictObject({ from: daySchema, to: daySchema })),
  parts: v.pipe(v.array(v.strictObject({ id: partId, version: versionSchema })), v.maxLength(mostParts)),
})
export type PublishRequest = v.InferOutput<typeof publishRequestSchema>
export const publishResponseSchema = v.looseObject({ number: v.number(), slug: v.string(), url: v.string(), digest: sha256Schema })
export type PublishResponse = v.InferOutput<typeof publishResponseSchema>

/** `POST /reports/issues/{number}/corrections`: a line of its list of changes. The same id again is the same line. */
export const correctionRequestSchema = v.strictObject({ id: partId, sentence: v.nullable(partId), text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longestSentence), plainText), lang: languageTagSchema })
export type CorrectionRequest = v.InferOutput<typeof correctionRequestSchema>

/** `GET /reports/used`: the published issues in which entries of whoever asks count, and the sentences that cite them. */
export const usedResponseSchema = v.looseObject({
  used: v.array(v.looseObject({
    entryId: entryIdSchema, number: v.number(), url: v.string(), publishedAt: instantSchema,
    sentences: v.array(v.looseObject({ id: v.string(), text: v.string(), lang: v.string() })),
  })),
})
export type UsedResponse = v.InferOutput<typeof usedResponseSchema>
export type UsedEntry = UsedResponse['used'][number]

import * as v from 'valibot'
import { isCalendarDay } from '#domain/calendar-day.ts'
import * as codes from '#domain/codes/code-lists.ts'
import { isCountry } from '#domain/codes/countries.ts'
import { sha256Schema } from '#domain/ids.ts'
import type { kinds } from '#domain/kinds.ts'
import { isPlainText } from '#domain/plain-text.ts'

/**
 * The content of an entry: the `author` rows of the field list, in camelCase, and nothing else.
 * One schema for phone, server and import. Unknown keys of a newer app version are kept (looseObject);
 * codes are stored, never labels; what the author does not know is the string "unknown".
 */
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/), v.check(isCalendarDay))
const unknown = v.literal('unknown')
const count = (max: number) => v.union([v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max)), unknown])
/** No schema here changes what it checks (no trim, no default): the hash is over what the author wrote. */
const words = (max: number, min = 1) => v.pipe(v.string(), v.maxLength(max), v.check((text) => isPlainText(text) && text.trim().length >= min))
const some = <const List extends readonly string[]>(list: List, max: number) => v.pipe(v.array(v.picklist(list)), v.maxLength(max))

/** BCP 47 as of RFC 5646, well-formed: language, then optional script, region and variants. */
export const languageTagSchema = v.pipe(v.string(), v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/))

/** People by sex and age: `sadd.f.age_5_17`; cells that nobody counted are absent. */
const ageCells = v.looseObject({ '0_4': v.optional(count(1e7)), '5_17': v.optional(count(1e7)), '18_59': v.optional(count(1e7)), '60_up': v.optional(count(1e7)) })
const sadd = v.looseObject({ f: v.optional(ageCells), m: v.optional(ageCells), x: v.optional(ageCells), u: v.optional(ageCells) })

const byteCount = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max))
const pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000))

/** A photo is named by the SHA-256 of the bytes that the device made; the original never leaves it. */
export const photoSchema = v.looseObject({
  sha256: sha256Schema,
  bytes: byteCount(8_000_000),
  type: v.picklist(['image/jpeg', 'image/webp', 'image/png']),
  width: pixels,
  height: pixels,
  thumb: v.looseObject({ sha256: sha256Schema, bytes: byteCount(200_000) }),
  caption: v.optional(words(200)),
})
export type Photo = v.InferOutput<typeof photoSchema>

const audioSchema = v.looseObject({
  sha256: sha256Schema,
  bytes: byteCount(8_000_000),
  type: v.picklist(['audio/webm', 'audio/mp4', 'audio/ogg']),
  seconds: v.pipe(v.number(), v.minValue(0), v.maxValue(90)),
})

const sharedFields = {
  observedOn: day,
  datePrecision: v.optional(v.picklist(codes.datePrecisions)),
  country: v.pipe(v.string(), v.check(isCountry)),
  adm1Code: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2,3}[A-Z0-9-]{0,17}$/))),
  /** The region in the author's words, where the campaign has no list of areas. */
  adm1Name: v.optional(words(80)),
  adm2Code: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2,3}[A-Z0-9-]{0,17}$/))),
  placeName: v.optional(words(80)),
  setting: v.optional(v.picklist(codes.settings)),
  lat: v.optional(v.pipe(v.number(), v.minValue(-90), v.maxValue(90))),
  lon: v.optional(v.pipe(v.number(), v.minValue(-180), v.maxValue(180))),
  geoPrecisionM: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))),
  topic: v.picklist(codes.topics),
  populationGroup: v.pipe(some(codes.populationGroups, 8), v.minLength(1)),
  focusGroup: v.optional(some(codes.focusGroups, 5)),
  description: v.optional(words(2000, 10)),
  lang: languageTagSchema,
  quote: v.optional(words(500)),
  quoteRole: v.optional(words(40)),
  sourceType: v.picklist(codes.sourceTypes),
  independentSources: v.optional(v.picklist(codes.independentSources)),
  consentBasis: v.picklist(codes.consentBases),
  consentQuote: v.optional(v.boolean()),
  consentPhoto: v.optional(v.boolean()),
  /** May the place be shown as coarsely as it was kept? Without a yes of the people only the region leaves. */
  consentPlace: v.optional(v.boolean()),
  /** By which words consent was asked: their version (`consent.ts`) and the language in which they stood on the screen. */
  consentWording: v.optional(v.looseObject({ version: v.pipe(v.number(), v.integer(), v.minValue(1)), lang: languageTagSchema })),
  photos: v.optional(v.pipe(v.array(photoSchema), v.maxLength(3))),
  audio: v.optional(audioSchema),
} as const

const challengeFields = {
  ...sharedFields,
  severity: v.picklist(codes.severities),
  trend: v.optional(v.picklist(codes.trends)),
  since: v.optional(v.picklist(codes.sinces)),
  affectedMin: v.optional(count(1e7)),
  affectedMax: v.optional(count(1e7)),
  affectedUnit: v.optional(v.picklist(codes.units)),
  estimateMethod: v.optional(v.picklist(codes.estimateMethods)),
  affectedSadd: v.optional(sadd),
  affectedDisability: v.optional(count(1e7)),
  cause: v.optional(some(codes.causes, 3)),
  consequence: v.optional(some(codes.consequences, 5)),
  consequenceText: v.optional(words(500)),
  coping: v.optional(some(codes.copings, 3)),
  need: v.optional(some(codes.needs, 3)),
  barrier: v.optional(some(codes.barriers, 3)),
  responseSeen: v.optional(v.picklist(codes.responsesSeen)),
} as const

const names = v.pipe(v.array(words(120)), v.maxLength(5))

const actionFields = {
  ...sharedFields,
  title: v.optional(words(100)),
  actionType: v.pipe(some(codes.actionTypes, 3), v.minLength(1)),
  orgName: words(120),
  orgType: v.picklist(codes.orgTypes),
  partners: v.optional(names),
  funder: v.optional(names),
  resourceSource: v.optional(some(codes.resourceSources, 3)),
  novelty: v.optional(v.picklist(codes.crisisNovelties)),
  status: v.picklist(codes.actionStatuses),
  startOn: day,
  endOn: v.optional(day),
  modality: v.optional(v.picklist(codes.modalities)),
  targeted: v.optional(count(1e7)),
  /** Required unless the action is only planned: a number, or "unknown". */
  reached: v.optional(count(1e7)),
  reachedUnit: v.optional(v.picklist(codes.units)),
  reachedMethod: v.optional(v.picklist(codes.estimateMethods)),
  reachedFrequency: v.optional(v.picklist(codes.reachedFrequencies)),
  reachedSadd: v.optional(sadd),
  reachedDisability: v.optional(count(1e7)),
  output: v.optional(v.pipe(v.array(v.looseObject({ item: words(80), quantity: v.pipe(v.number(), v.minValue(0)), unit: v.optional(words(40)) })), v.maxLength(10))),
  volunteers: v.optional(count(1e6)),
  volunteerHours: v.optional(count(1e7)),
  value: v.optional(v.looseObject({ amount: v.pipe(v.number(), v.minValue(0)), currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)) })),
  /** "None of the listed challenges": an answer, not a blank. Links themselves exist only as changes. */
  noneListed: v.optional(v.literal(true)),
  result: v.optional(words(500)),
  works: v.optional(v.picklist(codes.worksValues)),
  obstacles: v.optional(words(500)),
  lesson: v.optional(words(500)),
  priorityText: v.optional(words(300)),
  priorityHorizon: v.optional(v.picklist(codes.horizons)),
  priorityAddressee: v.optional(some(codes.addressees, 3)),
} as const

/** What holds across fields; the same codes are shown beside the field on the phone (`entry-issues.ts`). */
const hasWordsOrVoice = (content: { description?: string | undefined; audio?: unknown }) => content.description !== undefined || content.audio !== undefined
/** A place has a name, a point, or, where more could harm somebody, only its region. */
const hasPlace = (content: { placeName?: string | undefined; lat?: number | undefined; lon?: number | undefined; adm1Code?: string | undefined; adm1Name?: string | undefined }) =>
  (content.placeName ?? content.adm1Code ?? content.adm1Name) !== undefined || (content.lat !== undefined && content.lon !== undefined)
const consentsToQuote = (content: { quote?: string | undefined; consentQuote?: boolean | undefined; consentBasis: string }) =>
  content.quote === undefined || (content.consentQuote === true && content.consentBasis !== 'not_asked')
const answersPhotoConsent = (content: { photos?: readonly unknown[] | undefined; consentPhoto?: boolean | undefined; consentBasis: string }) =>
  content.photos === undefined || content.photos.length === 0 || (content.consentPhoto !== undefined && (content.consentPhoto === false || content.consentBasis !== 'not_asked'))
const countsFit = (content: { affectedMin?: number | 'unknown' | undefined; affectedMax?: number | 'unknown' | undefined }) =>
  typeof content.affectedMin !== 'number' || typeof content.affectedMax !== 'number' || content.affectedMin <= content.affectedMax
const datesFit = (content: { startOn: string; endOn?: string | undefined }) => content.endOn === undefined || content.startOn <= content.endOn
const reachedFits = (content: { status: string; reached?: number | 'unknown' | undefined }) =>
  content.status === 'planned' ? content.reached === undefined : content.reached !== undefined
const completionFits = (content: { status: string; endOn?: string | undefined }) => content.status !== 'completed' || content.endOn !== undefined

const challengeSchema = v.pipe(
  v.looseObject({ kind: v.literal('challenge'), ...challengeFields }),
  v.check((content) => hasWordsOrVoice(content), 'words-or-voice'),
  v.check((content) => hasPlace(content), 'place'),
  v.check((content) => consentsToQuote(content), 'consent-quote'),
  v.check((content) => answersPhotoConsent(content), 'consent-photo'),
  v.check((content) => countsFit(content), 'min-max'),
)

const actionSchema = v.pipe(
  v.looseObject({ kind: v.literal('action'), ...actionFields }),
  v.check((content) => hasWordsOrVoice(content), 'words-or-voice'),
  v.check((content) => hasPlace(content), 'place'),
  v.check((content) => consentsToQuote(content), 'consent-quote'),
  v.check((content) => answersPhotoConsent(content), 'consent-photo'),
  v.check((content) => datesFit(content), 'start-end'),
  v.check((content) => reachedFits(content), 'reached-status'),
  v.check((content) => completionFits(content), 'completed-end'),
)

export type Kind = (typeof kinds)[number]

export const entryContentSchema = v.union([challengeSchema, actionSchema])
/** Where the kind is known, what does not fit is told of that kind alone. */
export const contentSchemas = { challenge: challengeSchema, action: actionSchema } as const satisfies Record<Kind, unknown>

/** Every author field with its own schema, to check one value alone (a revision, an answer, a cell of an import). */
export const fieldSchemas: Readonly<Record<string, v.GenericSchema>> = { ...challengeFields, ...actionFields }
export const challengeFieldNames = Object.keys(challengeFields) as readonly (keyof typeof challengeFields)[]
export const actionFieldNames = Object.keys(actionFields) as readonly (keyof typeof actionFields)[]

/** A patch of fields: known fields must fit their own schema, unknown ones of a newer version are kept. `kind` never changes. */
export const fieldPatchSchema = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,63}$/)), v.unknown()),
  v.check((patch) => !Object.hasOwn(patch, 'kind'), 'kind-is-fixed'),
  v.check((patch) => Object.entries(patch).every(([field, value]) => isFieldValue(field, value)), 'field-value'),
)
export type FieldPatch = Readonly<Record<string, unknown>>

export type ChallengeContent = v.InferOutput<typeof challengeSchema>
export type ActionContent = v.InferOutput<typeof actionSchema>
export type EntryContent = v.InferOutput<typeof entryContentSchema>
export type FieldName = keyof typeof challengeFields | keyof typeof actionFields

/** What is being written: any field may still be missing. Kept in drafts only, never sent. */
export type DraftContent = { readonly kind: Kind } & { readonly [Field in FieldName]?: unknown }

export function isFieldValue(field: string, value: unknown): boolean {
  if (!Object.hasOwn(fieldSchemas, field)) return true
  const schema = fieldSchemas[field]
  return value !== undefined && schema !== undefined && v.is(schema, value)
}

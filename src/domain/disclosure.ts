import { sensitivities } from '#domain/codes/code-lists.ts'
import type { FocusGroup, Sensitivity, Topic } from '#domain/codes/code-lists.ts'
import { focusGroupSensitivity, topicTraits } from '#domain/codes/traits.ts'
import { finePlace, hasPhoto, isYesToPhotos, mayPlaceBeTold, takenOut, underNewestConsent } from '#domain/consent.ts'
import { fieldSchemas } from '#domain/entry.ts'
import type { EntryContent, Kind } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { correctedContent } from '#domain/fold-correction.ts'
import { knownParts } from '#domain/known-parts.ts'
import { partsBeside } from '#domain/parts-of-total.ts'
import { withoutContacts } from '#domain/personal-data.ts'
import { isTakenBack } from '#domain/taken-back.ts'

/**
 * What may leave the server, in one place that presenters, exports and the report share. `disclosedContent` works by an
 * allow list: a field that this version does not know has no rule, and stays.
 */
/** Who gets it: other volunteers of the campaign, a file that a coordinator takes out, or anyone. */
export type DisclosurePurpose = 'digest' | 'export' | 'public'

export interface DisclosedContent {
  readonly kind: Kind
  readonly [field: string]: unknown
}

const defaultSensitivity: Sensitivity = 'moderate'
/** A coordinator may set the sector of gender-based violence, which the 17 topics do not tell apart. */
const sensitiveSector = 'PRO-GBV'
/** Groups that no file and no page ever names. */
const unnamedGroups: readonly string[] = ['LGB', 'DET']

/** What only the author's own record says: whether people agreed. */
const ownAlone = ['consentBasis', 'consentQuote', 'consentPhoto', 'consentPlace'] as const

const neverDisclosed = new Set(['audio', 'consentBasis', 'consentQuote', 'consentPhoto', 'consentPlace', 'consentWording'])
const finePlaceFields: ReadonlySet<string> = new Set(finePlace)
const droppedAtHigh = new Set([...finePlace, 'quote', 'quoteRole', 'photos'])
/** Words of its author, in which a place, a day and a person stand as well as anywhere. */
const ownWords: ReadonlySet<string> = new Set(['description', 'title', 'consequenceText', 'result', 'obstacles', 'lesson', 'priorityText'])
const dates = new Set(['observedOn', 'startOn', 'endOn'])
/** What people wrote in words of their own; a code or a hash may look like a phone number and is left alone. */
const freeWords = new Set(['description', 'quote', 'quoteRole', 'placeName', 'adm1Name', 'consequenceText', 'title', 'orgName', 'partners', 'funder', 'output', 'result', 'obstacles', 'lesson', 'priorityText'])
const smallCellFields = new Set(['affectedDisability', 'reachedDisability'])
/** What the parts of a field add up to, and may be taken from. */
const totalsOf = { affectedSadd: ['affectedMin', 'affectedMax'], reachedSadd: ['reached'] } as const

/**
 * The maximum of the project's default, the topic and the groups, over the author's words and the corrections alike.
 * A coordinator's correction may raise it, and lowers it only down to what topic and groups demand.
 */
export function sensitivityOf(entry: Pick<EntryState, 'content' | 'corrections'>, campaignDefault: Sensitivity = defaultSensitivity): Sensitivity {
  const isCorrected = Object.keys(entry.corrections).length > 0
  const floor = maximum((isCorrected ? [entry.content, correctedContent(entry)] : [entry.content]).flatMap(floorsOf))
  const override = entry.corrections['sensitivity']?.value
  return maximum([floor, isSensitivity(override) ? override : campaignDefault])
}

export function isSensitivity(value: unknown): value is Sensitivity {
  return sensitivities.some((one) => one === value)
}

/** Whether it may be shown beyond its author and the coordinators at all: neither high nor severe. */
export function isShareable(sensitivity: Sensitivity): boolean {
  return sensitivity === 'low' || sensitivity === 'moderate'
}

/**
 * The approved words of an entry if other volunteers may see its digest now, else null: an approved challenge that nobody
 * has rejected, withdrawn or reopened since. Its newest words count too, because an edit may have made it sensitive.
 */
export function digestSource(entry: EntryState, campaignDefault: Sensitivity = defaultSensitivity): Pick<EntryState, 'content' | 'corrections'> | null {
  const { approved } = entry
  if (entry.kind !== 'challenge' || approved === null || !isStanding(entry)) return null
  const isOpenEnough = [entry, approved].every((revision) => isShareable(sensitivityOf(revision, campaignDefault)))
  return isOpenEnough ? { content: underNewestConsent(approved.content, entry.content), corrections: Object.fromEntries(correctionsLeft(entry, approved)) } : null
}

/**
 * How an approved entry takes part in a report. `open`: it may be shown itself, coarsely. `counted`: it is only counted. `withheld`: it is
 * only counted over the whole report.
 */
export type ReportStanding = 'open' | 'counted' | 'withheld'

type Approved = NonNullable<EntryState['approved']>

export interface ReportSource {
  readonly standing: ReportStanding
  readonly sensitivity: Sensitivity
  /** The approved words under the consent of today, with the corrections that were approved with them. */
  readonly content: EntryContent
}

/** What of an entry a report may use; null when nobody has approved it, or somebody took it back since. */
export function reportSource(entry: EntryState, campaignDefault: Sensitivity = defaultSensitivity): ReportSource | null {
  const { approved } = entry
  if (approved === null || !isStanding(entry)) return null
  // Most entries still say what was approved; of a hundred thousand, each look saved is a second.
  const isSame = entry.content === approved.content && entry.corrections === approved.corrections
  const sensitivity = maximum((isSame ? [entry] : [entry, approved]).map((revision) => sensitivityOf(revision, campaignDefault)))
  const agreed = isSame ? approved.content : underNewestConsent(approved.content, entry.content)
  // No correction says yes in somebody's place.
  const corrections = correctionsLeft(entry, approved).filter(([field]) => !ownAlone.some((own) => own === field))
  const content = corrections.length === 0 ? agreed : correctedContent({ content: agreed, corrections: Object.fromEntries(corrections) })
  return { sensitivity, content, standing: isShareable(sensitivity) ? 'open' : sensitivity === 'high' ? 'counted' : 'withheld' }
}

/** What was corrected of a field goes with the field, where its author has taken that out since. */
function correctionsLeft({ content }: EntryState, approved: Approved) {
  const out = takenOut(approved.content, content)
  return Object.entries(approved.corrections).filter(([field]) => !out.has(field))
}

/**
 * Whether an approval stands: also while a later edit waits to be read, and not once the entry was rejected or opened again, whatever its
 * author or a question changed in its review since. Only another approval makes it count anew.
 */
function isStanding(entry: EntryState): boolean {
  const { contested, review, trail } = entry
  if (contested || (review !== 'approved' && review !== 'edited' && review !== 'hasIssues') || isTakenBack(entry)) return false
  return trail.findLastIndex(({ step }) => step === 'reject' || step === 'reopen') <= trail.findLastIndex(({ step }) => step === 'approve')
}

/** What of a report's source may stand in it as words or facts of one entry; null when it is only counted. */
export function reportedContent({ standing, sensitivity, content }: ReportSource): DisclosedContent | null {
  return standing === 'open' ? disclosedContent(content, { sensitivity, purpose: 'public' }) : null
}

/**
 * Whether words and facts of an entry that were published may stand any longer: not once somebody withdrew it or it was found to be sensitive,
 * and a quotation only while the person agrees, and its author has not taken out who said it. A rejection says that it was wrong, not that it may not be seen.
 */
export function mayStayPublished(entry: EntryState, { isQuoted, hasRole = false, campaignDefault = defaultSensitivity }: { readonly isQuoted: boolean; readonly hasRole?: boolean; readonly campaignDefault?: Sensitivity }): boolean {
  const { approved, content } = entry
  if (isTakenBack(entry) || ![entry, ...(approved === null ? [] : [approved])].every((revision) => isShareable(sensitivityOf(revision, campaignDefault)))) return false
  return !isQuoted || (content.quote !== undefined && (!hasRole || correctedContent(entry).quoteRole !== undefined) && consentsTo(content, 'consentQuote'))
}

/** A photo that was published stays only while its entry may, the person agrees to it, and its author has not taken it out. */
export function photoMayStayPublished(entry: EntryState, { photo, campaignDefault = defaultSensitivity }: { readonly photo: string; readonly campaignDefault?: Sensitivity }): boolean {
  return mayStayPublished(entry, { isQuoted: false, campaignDefault }) && consentsTo(entry.content, 'consentPhoto') && hasPhoto(entry.content, photo)
}

/** The groups of an entry under which it may be counted. */
export function countedGroups(content: EntryContent): readonly string[] {
  const named = namedGroups(content.focusGroup)
  return Array.isArray(named) ? named.map(String) : []
}

/**
 * What of a content may leave at this sensitivity; null when nothing may (it is only counted, in totals of five or more). `isReadTwice`: whether
 * two people have judged the words, each without the other's verdict; without that none of them leave at high.
 */
export function disclosedContent(content: EntryContent, { sensitivity, purpose, isReadTwice = false }: { readonly sensitivity: Sensitivity; readonly purpose: DisclosurePurpose; readonly isReadTwice?: boolean }): DisclosedContent | null {
  if (sensitivity === 'severe' || (purpose === 'digest' && !isShareable(sensitivity))) return null
  const shown: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(content)) {
    if (sensitivity === 'high' && !isReadTwice && ownWords.has(field)) continue
    const disclosed = disclosedField(content, { field, value, sensitivity })
    if (disclosed !== undefined) shown[field] = disclosed
  }
  return { ...shown, ...(sensitivity === 'high' && { datePrecision: 'month' }), kind: content.kind }
}

/**
 * Whether the hash over what an author wrote may stand beside what was disclosed of it. Where a point was made coarse or a day became a month,
 * whoever tries all points or days finds the one that the hash fits. Consents say little, and a voice's own hash is beyond guessing.
 */
export function isHashSafe(content: EntryContent, disclosed: DisclosedContent): boolean {
  return Object.entries(content).every(([field, value]) => neverDisclosed.has(field) || disclosed[field] === value || JSON.stringify(disclosed[field]) === JSON.stringify(value))
}

/** How exactly its author lets a place be known. */
export const placePrecisions = ['km', 'region', 'exact'] as const
export type PlacePrecision = (typeof placePrecisions)[number]

/** A point as a phone or a map gives it. */
export interface Position {
  readonly lat: number
  readonly lon: number
  readonly accuracyM: number
}

/** The kept parts of a place; `undefined` takes a part away. */
export interface KeptPoint {
  readonly lat: number | undefined
  readonly lon: number | undefined
  readonly geoPrecisionM: number | undefined
}

/** Half of a grid cell at the equator is some 800 m from corner to middle: a coarse point is known to about this. */
const coarseM = 1000
/** Takes a point away. */
export const noPoint: KeptPoint = { lat: undefined, lon: undefined, geoPrecisionM: undefined }

/**
 * What of a position may be written down at all, anywhere. Coarse: the same grid as in every export, never random noise,
 * which several entries from one place would average away. Region: no point.
 */
export function keptPoint({ lat, lon, accuracyM }: Position, precision: PlacePrecision): KeptPoint {
  if (precision === 'region') return noPoint
  if (precision === 'exact') return { lat, lon, geoPrecisionM: accuracyM }
  return { ...coarsePoint(lat, lon), geoPrecisionM: Math.max(coarseM, accuracyM) }
}

/** What is offered before its author has said anything: never the exact point, and only the region where the topic or a group could be harmed. */
export function offeredPrecision(sensitivity: Sensitivity): PlacePrecision {
  return isShareable(sensitivity) ? 'km' : 'region'
}

/** A point on a grid of two decimals, about a kilometre. */
export function coarsePoint(lat: number, lon: number): { readonly lat: number; readonly lon: number } {
  return { lat: coarse(lat), lon: coarse(lon) }
}

/** A count of people as others may read it: fewer than five could name somebody. Zero names nobody. */
export function coarseCell(count: unknown): unknown {
  return typeof count === 'number' && count > 0 && count < 5 ? '<5' : count
}

/** `YYYY-MM` of a day. */
export function monthOf(day: string): string {
  return day.slice(0, 7)
}

function disclosedField(content: EntryContent, { field, value, sensitivity }: { readonly field: string; readonly value: unknown; readonly sensitivity: Sensitivity }): unknown {
  if (!Object.hasOwn(fieldSchemas, field) || neverDisclosed.has(field)) return undefined
  const disclosed = disclosedValue(content, { field, value: knownParts(fieldSchemas[field], value), sensitivity })
  return freeWords.has(field) ? blotted(disclosed) : disclosed
}

function disclosedValue(content: EntryContent, { field, value, sensitivity }: { readonly field: string; readonly value: unknown; readonly sensitivity: Sensitivity }): unknown {
  if (sensitivity === 'high' && droppedAtHigh.has(field)) return undefined
  if (finePlaceFields.has(field) && !mayPlaceBeTold(content)) return undefined
  if (field === 'quote' || field === 'quoteRole') return consentsTo(content, 'consentQuote') ? value : undefined
  if (field === 'photos') return consentsTo(content, 'consentPhoto') ? captionsBlotted(value) : undefined
  if (field === 'geoPrecisionM') return typeof value === 'number' ? Math.max(coarseM, value) : undefined
  if (field === 'lat' || field === 'lon') return typeof value === 'number' ? coarse(value) : undefined
  if (dates.has(field) && sensitivity === 'high') return typeof value === 'string' ? monthOf(value) : undefined
  if (field === 'focusGroup') return namedGroups(value)
  if (field === 'affectedSadd' || field === 'reachedSadd') return coarseCells(partsBeside(value, totalsOf[field].map((total): unknown => Reflect.get(content, total))))
  if (smallCellFields.has(field)) return coarseCells(value)
  return value
}

function consentsTo(content: EntryContent, consent: 'consentQuote' | 'consentPhoto'): boolean {
  return content[consent] === true && content.consentBasis !== 'not_asked' && (consent !== 'consentPhoto' || isYesToPhotos(content))
}

function namedGroups(value: unknown): unknown {
  const named = Array.isArray(value) ? value.filter((group) => !unnamedGroups.includes(String(group))) : []
  return named.length === 0 ? undefined : named
}

/** Only the captions: the rest of a photo is hashes and numbers. */
function captionsBlotted(photos: unknown): unknown {
  return Array.isArray(photos) ? photos.map((photo: Readonly<Record<string, unknown>>) => ('caption' in photo ? { ...photo, caption: blotted(photo['caption']) } : photo)) : undefined
}

/** Words within lists and tables too: `partners`, the items of an output. */
function blotted(value: unknown): unknown {
  if (typeof value === 'string') return withoutContacts(value)
  if (Array.isArray(value)) return value.map(blotted)
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, blotted(inner)])) : value
}

function coarseCells(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return coarseCell(value)
  return Object.fromEntries(Object.entries(value).map(([key, cell]) => [key, coarseCells(cell)]))
}

function floorsOf(content: Readonly<Record<string, unknown>>): readonly Sensitivity[] {
  const groups: readonly unknown[] = Array.isArray(content['focusGroup']) ? content['focusGroup'] : []
  return [topicFloor(content['topic']), content['sectorIasc'] === sensitiveSector ? 'high' : 'low', ...groups.map(groupFloor)]
}

function topicFloor(topic: unknown): Sensitivity {
  return typeof topic === 'string' && Object.hasOwn(topicTraits, topic) ? (topicTraits[topic as Topic].minSensitivity ?? 'low') : 'low'
}

function groupFloor(group: unknown): Sensitivity {
  return typeof group === 'string' && Object.hasOwn(focusGroupSensitivity, group) ? (focusGroupSensitivity[group as FocusGroup] ?? 'low') : 'low'
}

/** Whether its topic alone makes an entry one that is never shown itself: everybody can know that of it. */
export function isSensitiveTopic(topic: string): boolean {
  return !isShareable(topicFloor(topic))
}

function maximum(list: readonly Sensitivity[]): Sensitivity {
  return list.reduce((highest, one) => (sensitivities.indexOf(one) > sensitivities.indexOf(highest) ? one : highest), 'low')
}

function coarse(degrees: number): number {
  return Math.round(degrees * 100) / 100
}

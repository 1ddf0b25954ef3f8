import type { DraftContent, FieldName, Kind } from '#domain/entry.ts'
import { mayQuote } from '#volunteer/fields/consent-uses.ts'

/** What "More detail" offers, in small groups. Nothing here is required, and nothing here is asked before it makes sense. */
export interface OptionalGroup {
  readonly id: OptionalGroupId
  readonly fields: readonly OptionalField[]
}
export interface OptionalField {
  readonly field: FieldName
  readonly isAsked?: (content: DraftContent) => boolean
}
export const optionalGroupIds = ['numbers', 'course', 'why', 'quote', 'spot', 'means', 'outcome', 'next'] as const
export type OptionalGroupId = (typeof optionalGroupIds)[number]

const always = (...fields: readonly FieldName[]): readonly OptionalField[] => fields.map((field) => ({ field }))
const after = (first: FieldName, ...fields: readonly FieldName[]): readonly OptionalField[] => fields.map((field) => ({ field, isAsked: (content) => hasValue(content[first]) }))
/** What is asked of a number, whichever of them was given. */
const counted = (numbers: readonly FieldName[], ...fields: readonly FieldName[]): readonly OptionalField[] => fields.map((field) => ({ field, isAsked: (content) => numbers.some((number) => typeof content[number] === 'number') }))

/** Words of others are asked for only after their consent, so that a quotation without it cannot come into being. */
const quote: OptionalGroup = {
  id: 'quote',
  fields: [
    { field: 'consentQuote', isAsked: (content) => content.consentBasis !== 'not_asked' },
    { field: 'quote', isAsked: mayQuote },
    { field: 'quoteRole', isAsked: (content) => mayQuote(content) && hasValue(content.quote) },
    ...always('independentSources'),
  ],
}
const spot: OptionalGroup = { id: 'spot', fields: always('setting', 'datePrecision') }

const challengeGroups: readonly OptionalGroup[] = [
  { id: 'numbers', fields: [...always('affectedMin', 'affectedMax'), ...counted(['affectedMin', 'affectedMax'], 'affectedUnit', 'estimateMethod', 'affectedDisability'), ...always('affectedSadd')] },
  { id: 'course', fields: always('trend', 'since', 'responseSeen') },
  { id: 'why', fields: always('cause', 'consequence', 'consequenceText', 'need', 'coping', 'barrier') },
  quote,
  spot,
]

const actionGroups: readonly OptionalGroup[] = [
  { id: 'numbers', fields: [...always('targeted'), ...counted(['reached'], 'reachedUnit', 'reachedMethod', 'reachedFrequency', 'reachedDisability', 'reachedSadd'), ...always('output', 'volunteers', 'volunteerHours')] },
  { id: 'means', fields: always('title', 'partners', 'funder', 'resourceSource', 'value', 'novelty', 'modality') },
  { id: 'outcome', fields: always('result', 'works', 'obstacles', 'lesson') },
  { id: 'next', fields: [...always('priorityText'), ...after('priorityText', 'priorityHorizon', 'priorityAddressee')] },
  quote,
  spot,
]

const groups: Readonly<Record<Kind, readonly OptionalGroup[]>> = { challenge: challengeGroups, action: actionGroups }

export function optionalGroups(kind: Kind): readonly OptionalGroup[] {
  return groups[kind]
}

export function optionalFieldNames(kind: Kind): readonly FieldName[] {
  return groups[kind].flatMap((group) => group.fields.map(({ field }) => field))
}

/** What was said stays in sight and in reach, also where it would not be asked any more: it is saved, and may be what stands in the way. */
export function isShown({ field, isAsked }: OptionalField, content: DraftContent): boolean {
  return isAsked === undefined || isAsked(content) || (hasValue(content[field]) && mayStand(field, content))
}

/** Words of someone who does not agree to be quoted go with the save, wherever they came from. */
export function mayStand(field: FieldName, content: DraftContent): boolean {
  return (field !== 'quote' && field !== 'quoteRole') || mayQuote(content)
}

export function hasValue(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0)
}

/** A number of its own for the fold's line: how many optional answers there are. */
export function countOptional(content: DraftContent): number {
  return optionalFieldNames(content.kind).filter((field) => hasValue(content[field])).length
}

import { actionFieldNames, challengeFieldNames } from '#domain/entry.ts'
import type { EntryContent } from '#domain/entry.ts'

/** The fields of a kind in the order in which a reviewer asks about them: what, who, how many, where, when, how known. */
const challengeOrder = [
  'topic', 'severity', 'trend', 'since', 'populationGroup', 'focusGroup', 'affectedMin', 'affectedMax', 'affectedUnit', 'estimateMethod', 'affectedSadd', 'affectedDisability',
  'cause', 'consequence', 'consequenceText', 'coping', 'need', 'barrier', 'responseSeen',
] as const
const actionOrder = [
  'title', 'actionType', 'topic', 'orgName', 'orgType', 'partners', 'funder', 'status', 'startOn', 'endOn', 'populationGroup', 'focusGroup',
  'reached', 'reachedUnit', 'reachedMethod', 'reachedFrequency', 'reachedSadd', 'reachedDisability', 'targeted', 'modality', 'novelty', 'resourceSource', 'output', 'volunteers', 'volunteerHours', 'value',
  'noneListed', 'result', 'works', 'obstacles', 'lesson', 'priorityText', 'priorityHorizon', 'priorityAddressee',
] as const
const sharedOrder = ['placeName', 'adm1Name', 'adm1Code', 'adm2Code', 'country', 'setting', 'lat', 'observedOn', 'datePrecision', 'sourceType', 'independentSources', 'consentBasis', 'consentQuote', 'consentPhoto', 'consentPlace'] as const

/** Shown elsewhere on the page: as words, as pictures, or together with the field beside them. */
const shownElsewhere = ['kind', 'description', 'lang', 'quote', 'quoteRole', 'photos', 'audio', 'lon', 'geoPrecisionM', 'consentWording']

export interface FieldList {
  /** Fields with a value, unknown ones of a newer app version last. */
  readonly given: readonly string[]
  /** Known fields that the author left out: a question can be put on them too. */
  readonly absent: readonly string[]
}

export function fieldsOf(content: EntryContent): FieldList {
  const order: readonly string[] = content.kind === 'challenge' ? [...challengeOrder, ...sharedOrder] : [...actionOrder, ...sharedOrder]
  const known: readonly string[] = content.kind === 'challenge' ? challengeFieldNames : actionFieldNames
  const present = Object.keys(content).filter((field) => valueOf(content, field) !== undefined && !shownElsewhere.includes(field))
  const rest = [...known, ...present].filter((field) => !order.includes(field) && !shownElsewhere.includes(field))
  const all = [...order, ...new Set(rest)]
  return { given: all.filter((field) => present.includes(field)), absent: all.filter((field) => !present.includes(field) && known.includes(field)) }
}

/** Every field on which a question may stand, the words first. */
export function askableFields(content: EntryContent): readonly string[] {
  const { given, absent } = fieldsOf(content)
  return ['description', ...(valueOf(content, 'quote') === undefined ? [] : ['quote']), ...(content.photos === undefined ? [] : ['photos']), ...given, ...absent]
}

export function valueOf(content: EntryContent, field: string): unknown {
  return (content as Readonly<Record<string, unknown>>)[field]
}

import * as codes from '#domain/codes/code-lists.ts'
import type { FieldName } from '#domain/entry.ts'
import { ownValue } from '#domain/own-value.ts'
import type { PersonalDataKind } from '#domain/personal-data.ts'

/**
 * How each field of an entry is asked. The quick path, "More detail", an answer to a question and a later change all draw a
 * field from here, so that it looks the same wherever it is met.
 */
export type Control =
  | { readonly kind: 'topic' | 'severity' | 'country' | 'day' | 'month' | 'language' | 'names' | 'sadd' | 'output' | 'money' | 'photos' }
  | { readonly kind: 'one'; readonly codes: readonly string[] }
  | { readonly kind: 'some'; readonly codes: readonly string[]; readonly max: number }
  | { readonly kind: 'line'; readonly max: number; readonly suggestions?: readonly string[]; readonly risks?: readonly PersonalDataKind[] }
  | { readonly kind: 'words'; readonly max: number }
  | { readonly kind: 'count'; readonly max: number; readonly sureAbove?: number }
  | { readonly kind: 'yesNo' }

const one = (list: readonly string[]): Control => ({ kind: 'one', codes: list })
const some = (list: readonly string[], max: number): Control => ({ kind: 'some', codes: list, max })
const words = (max: number): Control => ({ kind: 'words', max })
/** Names of places and groups are capitalised too, so two capitals say nothing there. */
const ofPlace: readonly PersonalDataKind[] = ['email', 'phone', 'handle', 'honorific', 'houseNumber']
export const ofGroup: readonly PersonalDataKind[] = ['email', 'phone', 'handle', 'honorific']
const line = (max: number, risks: readonly PersonalDataKind[]): Control => ({ kind: 'line', max, risks })
const count: Control = { kind: 'count', max: 10_000_000 }
/** More people than this are asked about once: a nought too many is typed soon. */
const people: Control = { kind: 'count', max: 10_000_000, sureAbove: 5000 }
const yesNo: Control = { kind: 'yesNo' }

/** Fields that are not here are never asked alone: codes of areas, the point and its accuracy, the voice note. */
export const controls: { readonly [Field in FieldName]?: Control } = {
  observedOn: { kind: 'day' },
  datePrecision: one(codes.datePrecisions),
  country: { kind: 'country' },
  adm1Name: line(80, ofPlace),
  placeName: line(80, ofPlace),
  setting: one(codes.settings),
  topic: { kind: 'topic' },
  populationGroup: some(codes.populationGroups, 8),
  focusGroup: some(codes.focusGroups, 3),
  description: words(2000),
  lang: { kind: 'language' },
  quote: words(500),
  quoteRole: { kind: 'line', max: 40, suggestions: codes.quoteRoles },
  sourceType: one(codes.sourceTypes),
  independentSources: one(codes.independentSources),
  consentBasis: one(codes.consentBases),
  consentQuote: yesNo,
  consentPhoto: yesNo,
  consentPlace: yesNo,
  photos: { kind: 'photos' },
  severity: { kind: 'severity' },
  trend: one(codes.trends),
  since: one(codes.sinces),
  affectedMin: people,
  affectedMax: people,
  affectedUnit: one(codes.units),
  estimateMethod: one(codes.estimateMethods),
  affectedSadd: { kind: 'sadd' },
  affectedDisability: people,
  cause: some(codes.causes, 3),
  consequence: some(codes.consequences, 5),
  consequenceText: words(500),
  coping: some(codes.copings, 3),
  need: some(codes.needs, 3),
  barrier: some(codes.barriers, 3),
  responseSeen: one(codes.responsesSeen),
  title: line(100, ofGroup),
  actionType: some(codes.actionTypes, 3),
  orgName: line(120, ofGroup),
  orgType: one(codes.orgTypes),
  partners: { kind: 'names' },
  funder: { kind: 'names' },
  resourceSource: some(codes.resourceSources, 3),
  novelty: one(codes.crisisNovelties),
  status: one(codes.actionStatuses),
  startOn: { kind: 'month' },
  endOn: { kind: 'month' },
  modality: one(codes.modalities),
  targeted: people,
  reached: people,
  reachedUnit: one(codes.units),
  reachedMethod: one(codes.estimateMethods),
  reachedFrequency: one(codes.reachedFrequencies),
  reachedSadd: { kind: 'sadd' },
  reachedDisability: people,
  output: { kind: 'output' },
  volunteers: { kind: 'count', max: 1_000_000 },
  volunteerHours: count,
  value: { kind: 'money' },
  result: words(500),
  works: one(codes.worksValues),
  obstacles: words(500),
  lesson: words(500),
  priorityText: words(300),
  priorityHorizon: one(codes.horizons),
  priorityAddressee: some(codes.addressees, 3),
}

/** Of any field, were it one of a newer app; undefined where it is never asked alone. */
export function controlOf(field: string): Control | undefined {
  return ownValue<Control | undefined>(controls, field)
}

/** Whether it has a control of its own wherever it stands; photos are taken and shown apart. */
export function isAskedAlone(field: string): boolean {
  const control = controlOf(field)
  return control !== undefined && control.kind !== 'photos'
}

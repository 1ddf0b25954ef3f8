import { ownValue } from '#domain/own-value.ts'
import type { LabelList } from '#i18n/labels.ts'

/** Which list of labels the codes of a field are from, where it is not the list of the same name. */
const fieldLists: Readonly<Record<string, LabelList>> = {
  kind: 'kind', topic: 'topic', severity: 'severity', trend: 'trend', since: 'since', populationGroup: 'populationGroup', focusGroup: 'focusGroup',
  affectedUnit: 'unit', reachedUnit: 'unit', estimateMethod: 'estimateMethod', reachedMethod: 'estimateMethod',
  cause: 'cause', consequence: 'consequence', coping: 'coping', need: 'need', barrier: 'barrier', responseSeen: 'responseSeen',
  datePrecision: 'datePrecision', setting: 'setting', sourceType: 'sourceType', independentSources: 'independentSources', consentBasis: 'consentBasis', quoteRole: 'quoteRole',
  actionType: 'actionType', orgType: 'orgType', resourceSource: 'resourceSource', novelty: 'crisisNovelty', status: 'actionStatus', modality: 'modality',
  reachedFrequency: 'reachedFrequency', works: 'works', sectorIasc: 'sectorIasc', priorityHorizon: 'horizon', priorityAddressee: 'addressee', coverage: 'coverage', sensitivity: 'sensitivity',
}

/** The list of a field; null where anything may stand, in a field of a newer app too, whatever its name is. */
export function listOfField(field: string): LabelList | null {
  return ownValue(fieldLists, field) ?? null
}

/** Days are told as days, the others as they were written. */
export const dayFields: readonly string[] = ['observedOn', 'startOn', 'endOn']

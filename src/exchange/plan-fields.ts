import * as codes from '#domain/codes/code-lists.ts'
import type { Kind } from '#domain/entry.ts'
import { entryColumns } from '#exchange/entry-columns.ts'
import type { EntryColumn } from '#exchange/entry-columns.ts'

/** The codes of a field that has a list; null where anything may stand. Countries are found by name. */
export function codesOfField(field: string): readonly string[] | null {
  return lists[field]?.map(String) ?? null
}

const lists: Readonly<Record<string, readonly (string | number)[]>> = {
  topic: codes.topics, severity: codes.severities, populationGroup: codes.populationGroups, focusGroup: codes.focusGroups, sourceType: codes.sourceTypes, orgType: codes.orgTypes,
  actionType: codes.actionTypes, status: codes.actionStatuses, trend: codes.trends, since: codes.sinces, cause: codes.causes, consequence: codes.consequences, coping: codes.copings,
  need: codes.needs, barrier: codes.barriers, responseSeen: codes.responsesSeen, setting: codes.settings, affectedUnit: codes.units, reachedUnit: codes.units,
}

const challengeFields = ['description', 'topic', 'severity', 'country', 'adm1Name', 'adm1Code', 'adm2Code', 'placeName', 'lat', 'lon', 'observedOn', 'populationGroup', 'focusGroup', 'lang', 'sourceType', 'setting', 'affectedMin', 'affectedMax', 'affectedUnit', 'trend', 'since', 'cause', 'consequence', 'coping', 'need', 'barrier', 'responseSeen'] as const
const actionFields = ['description', 'title', 'topic', 'actionType', 'status', 'orgName', 'orgType', 'partners', 'funder', 'country', 'adm1Name', 'adm1Code', 'adm2Code', 'placeName', 'lat', 'lon', 'startOn', 'endOn', 'observedOn', 'populationGroup', 'focusGroup', 'lang', 'sourceType', 'setting', 'targeted', 'reached', 'reachedUnit', 'result', 'obstacles', 'lesson'] as const

/** What a column of somebody's table may be, the most important first. */
export function fieldsOffered(kind: Kind): readonly string[] {
  return kind === 'challenge' ? challengeFields : actionFields
}

export function planColumns(kind: Kind): readonly EntryColumn[] {
  const offered = fieldsOffered(kind)
  return entryColumns(kind).filter(({ field }) => offered.includes(field))
}

/** What every entry of a kind must say; a place is more than one field. */
export function fieldsNeeded(kind: Kind): readonly string[] {
  const shared = ['description', 'topic', 'country', 'populationGroup', 'lang', 'sourceType']
  return kind === 'challenge' ? [...shared, 'severity', 'observedOn'] : [...shared, 'actionType', 'status', 'orgName', 'orgType', 'startOn']
}

export const placeFields: readonly string[] = ['adm1Name', 'adm1Code', 'placeName', 'lat']

/** What is likely where a file says nothing; a person sees it and may say otherwise. How severe something is nobody guesses. */
export const usualConstants: Readonly<Record<string, string>> = { populationGroup: 'GEN', sourceType: 'secondary', status: 'ongoing', orgType: '443' }

import type { ActionStatus, ActionType, OrgType, Topic } from '#domain/codes/code-lists.ts'
import type { ActionContent, FieldName } from '#domain/entry.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { countryOfName } from '#exchange/country-names.ts'
import { isCell } from '#exchange/mapping.ts'
import type { LeftOut, MappedRow, Mapping } from '#exchange/mapping.ts'
import { shortened } from '#exchange/shortened.ts'
import type { TableRow } from '#exchange/table.ts'

/**
 * IATI activities as the datastore's CSV gives them, one row an activity. The purpose code (OECD DAC) says the topic; a row of
 * several countries, or without a state, a start or a purpose that is known, is refused. Defaults, each named in `assumed`: the
 * country as the place, general population, people reached "unknown". Where nobody implements, the reporting organisation does.
 */
const topicsByPurpose: Readonly<Record<string, readonly [Topic, ActionType]>> = {
  '11': ['EDU', 'education'], '12': ['HEA', 'service'], '13': ['HEA', 'service'], '14': ['WSH', 'service'], '15': ['GOV', 'other'], '16': ['LIV', 'service'], '21': ['MOB', 'service'],
  '22': ['INF', 'service'], '23': ['ENV', 'other'], '24': ['LIV', 'other'], '25': ['LIV', 'other'], '31': ['FSC', 'production'], '32': ['LIV', 'production'], '41': ['ENV', 'other'],
  '43': ['OTH', 'other'], '51': ['OTH', 'other'], '52': ['FSC', 'distribution'], '72': ['OTH', 'distribution'], '73': ['SHL', 'production'], '74': ['OTH', 'other'], '93': ['DIS', 'service'], '99': ['OTH', 'other'],
}
const statuses: Readonly<Record<string, ActionStatus>> = { '1': 'planned', '2': 'ongoing', '3': 'completed', '4': 'completed', '5': 'cancelled', '6': 'suspended' }
const orgTypes: Readonly<Record<string, OrgType>> = {
  'Government': '435', 'Other Public Sector': '435', 'International NGO': '437', 'National NGO': '441', 'Multilateral': '438', 'Foundation': '433', 'Private Sector': '444', 'Academic, Training and Research': '431',
}

export const iatiCsv: Mapping = {
  id: 'iati-csv',
  fits: ({ headers }) => ['iati-identifier', 'activity-status-code', 'recipient-country', 'sector-code', 'reporting-org', 'title'].every((header) => headers.includes(header)),
  map: (row) => {
    // The file writes "Sierra Leone;Sierra Leone" for one country with two shares.
    const [name = '', ...others] = new Set(row.at('recipient-country').split(';').map((part) => part.trim()))
    const country = others.length > 0 ? null : countryOfName(name)
    if (country === null) return fail({ reason: 'country-unknown', field: 'country' })
    const known = topicOf(row)
    if (known === undefined) return fail({ reason: 'topic-unknown', field: 'topic' })
    const status = Object.hasOwn(statuses, row.at('activity-status-code')) ? statuses[row.at('activity-status-code')] : undefined
    if (status === undefined) return fail({ reason: 'does-not-fit', field: 'status' })
    const startOn = dayOf(row.at('start-actual')) ?? dayOf(row.at('start-planned'))
    if (startOn === null) return fail({ reason: 'does-not-fit', field: 'startOn' })
    const words = row.at('description').length >= 10 ? row.at('description') : row.at('title')
    if (words.length < 10) return fail({ reason: 'words-too-short', field: 'description' })
    if (words.length > 2000) return fail({ reason: 'words-too-long', field: 'description' })
    return ok(activityOf(row, { country, placeName: name, known, status, startOn, words }))
  },
}

interface Read {
  readonly country: string
  readonly placeName: string
  readonly known: readonly [Topic, ActionType]
  readonly status: ActionStatus
  readonly startOn: string
  readonly words: string
}

function activityOf(row: TableRow, { country, placeName, known: [topic, actionType], status, startOn, words }: Read): MappedRow {
  const endOn = dayOf(row.at('end-actual')) ?? (status === 'completed' ? dayOf(row.at('end-planned')) : null)
  const observedOn = dayOf(row.at('last-updated-datetime'))
  const value = valueOf(row)
  const content: ActionContent = {
    kind: 'action', topic, actionType: [actionType], title: shortened(row.at('title'), longestTitle), ...organisationOf(row), status, startOn, ...(endOn === null ? {} : { endOn }), observedOn: observedOn ?? startOn,
    country, placeName, populationGroup: ['GEN'], ...(status === 'planned' ? {} : { reached: 'unknown' as const }), ...fundersOf(row), ...(value.ok ? value.value : {}),
    description: words, lang: isCell(row.at('default-language')) ? row.at('default-language') : 'en', sourceType: 'secondary', consentBasis: 'no_person',
  }
  const assumed: readonly FieldName[] = ['actionType', 'placeName', 'populationGroup', ...(status === 'planned' ? [] : ['reached' as const]), ...(observedOn === null ? ['observedOn' as const] : []), ...(isCell(row.at('default-language')) ? [] : ['lang' as const])]
  // A title that was the only words stands whole as the description.
  const tooLong: readonly FieldName[] = [...(row.at('title').length > longestTitle && words !== row.at('title') ? ['title' as const] : []), ...(organisationIn(row).length > longestName ? ['orgName' as const] : []), ...(isCut(fundersIn(row)) ? ['funder' as const] : [])]
  return { content, assumed, leftOut: value.ok ? [] : [{ field: 'value', reason: value.problem }], shortened: tooLong }
}

const [longestTitle, longestName, mostFunders] = [100, 120, 5]

function isCut(funders: readonly string[]): boolean {
  return funders.length > mostFunders || funders.some((name) => name.length > longestName)
}

/** By the first purpose code (five digits) of a DAC vocabulary; the codes of reporting organisations mean something else each. */
function topicOf(row: TableRow): readonly [Topic, ActionType] | undefined {
  const [code] = row.at('sector-code').split(';').filter((part) => /^\d{5}$/.test(part))
  const vocabulary = row.at('sector-vocabulary')
  const group = vocabulary !== '' && !vocabulary.startsWith('OECD') ? '' : (code?.slice(0, 2) ?? '')
  return Object.hasOwn(topicsByPurpose, group) ? topicsByPurpose[group] : undefined
}

function organisationOf(row: TableRow): Pick<ActionContent, 'orgName' | 'orgType'> {
  const type = implementingIn(row) === undefined ? row.at('reporting-org-type') : (row.at('participating-org-type (Implementing)').split(';')[0] ?? '')
  return { orgName: shortened(organisationIn(row), longestName), orgType: Object.hasOwn(orgTypes, type) ? (orgTypes[type] ?? '443') : '443' }
}

function implementingIn(row: TableRow): string | undefined {
  return row.at('participating-org (Implementing)').split(';').map((name) => name.trim()).find((name) => isCell(name) && name !== 'Other.')
}

function organisationIn(row: TableRow): string {
  return implementingIn(row) ?? row.at('reporting-org')
}

function fundersIn(row: TableRow): readonly string[] {
  return row.at('participating-org (Funding)').split(';').map((name) => name.trim()).filter(isCell)
}

function fundersOf(row: TableRow): Pick<ActionContent, 'funder'> {
  const funder = fundersIn(row).slice(0, mostFunders).map((name) => shortened(name, longestName))
  return funder.length === 0 ? {} : { funder }
}

/** Money and its currency are one; no commitment is no value. */
function valueOf(row: TableRow): Result<Pick<ActionContent, 'value'>, LeftOut['reason']> {
  const [given, currency] = [row.at('total-Commitment'), row.at('default-currency')]
  const amount = Number(given)
  if (!isCell(given) || amount === 0) return ok({})
  if (!Number.isFinite(amount) || amount < 0) return fail('not-a-number')
  return /^[A-Z]{3}$/.test(currency) ? ok({ value: { amount, currency } }) : fail('incomplete')
}

/** `28/07/2014 00:00` is day, month, year. */
function dayOf(text: string): string | null {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})\b/.exec(text) ?? []
  return day === undefined ? null : `${year}-${month}-${day}`
}

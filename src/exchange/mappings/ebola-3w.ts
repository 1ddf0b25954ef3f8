import type { ActionType, OrgType, Topic } from '#domain/codes/code-lists.ts'
import type { ActionContent } from '#domain/entry.ts'
import { fail, ok } from '#domain/result.ts'
import { countryOfName } from '#exchange/country-names.ts'
import { isAreaCodeOf } from '#exchange/area-codes.ts'
import { isCell } from '#exchange/mapping.ts'
import type { Mapping } from '#exchange/mapping.ts'

/**
 * Ebola 3W of West Africa, 2014: no HXL row, and real dirt. A P-code that does not begin with its row's country is left out
 * (the place's name stays), "Goverment" is read as what it means, and a row without an organisation or a region is refused.
 */
const activities: Readonly<Record<string, readonly [Topic, ActionType]>> = {
  'Social Mobilisation': ['HEA', 'information'], 'Surveillance + Contact Tracing': ['HEA', 'assessment'], 'Coordination': ['HEA', 'coordination'], 'Other': ['HEA', 'other'],
  'Logistics': ['MOB', 'service'], 'Safe Burial': ['HEA', 'service'], 'WASH': ['WSH', 'service'], 'Psychological Support': ['MHP', 'psychosocial'], 'Food distribution': ['FSC', 'distribution'],
  'Funding': ['OTH', 'fundraising'], 'ETC + Triage': ['HEA', 'service'], 'Rule of law': ['GOV', 'service'], 'Protection': ['PRO', 'service'], 'Livelihood': ['LIV', 'service'],
}
const orgTypes: Readonly<Record<string, OrgType>> = {
  'UN Agency': '447', 'International NGO': '437', 'International Organization': '438', 'Goverment': '435', 'Government': '435', 'Red Cross Movement': '445',
  'National Organization': '441', 'National NGO': '441', 'Donors': '433', 'Private': '444', 'Laboratory': '431',
}

export const ebola3w: Mapping = {
  id: 'ebola-3w',
  fits: ({ headers }) => ['Country', 'Region', 'Organisation', 'Activity', 'Pcode', 'Org type'].every((header) => headers.includes(header)),
  map: (row) => {
    const [country, region, org, activity] = ['Country', 'Region', 'Organisation', 'Activity'].map(row.at) as [string, string, string, string]
    const code = countryOfName(country)
    const known = Object.hasOwn(activities, activity) ? activities[activity] : undefined
    const orgType = row.at('Org type')
    if (code === null) return fail({ reason: 'country-unknown', field: 'country' })
    if (known === undefined) return fail({ reason: 'topic-unknown', field: 'topic' })
    if (!isCell(region)) return fail({ reason: 'place-missing', field: 'placeName' })
    if (!isCell(org)) return fail({ reason: 'does-not-fit', field: 'orgName' })
    const [topic, actionType] = known
    const pcode = row.at('Pcode')
    const isOfCountry = isAreaCodeOf(pcode, code)
    const content: ActionContent = {
      kind: 'action', topic, actionType: [actionType], orgName: org, orgType: Object.hasOwn(orgTypes, orgType) ? (orgTypes[orgType] ?? '443') : '443', status: 'ongoing',
      startOn: '2014-01-01', observedOn: '2014-01-01', datePrecision: 'month', country: code, adm1Name: region, placeName: region,
      ...(isOfCountry ? { adm2Code: pcode } : {}), populationGroup: ['GEN'], reached: 'unknown',
      description: `${activity}: ${org} in ${region}, ${country}.`, lang: 'en', sourceType: 'secondary', consentBasis: 'no_person',
    }
    return ok({ content, assumed: ['status', 'startOn', 'observedOn', 'populationGroup', 'reached'], ...(isOfCountry || !isCell(pcode) ? {} : { leftOut: [{ field: 'adm2Code', reason: 'code-of-another-country' }] }) })
  },
}

import type { ActionType, Topic } from '#domain/codes/code-lists.ts'
import type { ActionContent } from '#domain/entry.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { countryOfName } from '#exchange/country-names.ts'
import { isCell } from '#exchange/mapping.ts'
import type { LeftOut, Mapping } from '#exchange/mapping.ts'
import { readCoordinate } from '#exchange/read-cells.ts'

/**
 * UNHCR "who does what where" of 2014. It says organisation, sector, region and point, and no more. Defaults: ongoing since
 * January 2014 (the year is the list's), people reached "unknown", general population, a secondary source, nobody recognisable.
 */
const sectors: Readonly<Record<string, readonly [Topic, ActionType]>> = {
  'Health': ['HEA', 'service'], 'Protection': ['PRO', 'service'], 'Education': ['EDU', 'education'], 'Water & Sanitation': ['WSH', 'service'],
  'Core Relief Items (CRIs)': ['SHL', 'distribution'], 'Child Protection': ['PRO', 'service'], 'Gender-Based Violence': ['PRO', 'service'], 'Shelter': ['SHL', 'service'],
  'Community Services': ['SOC', 'service'], 'Food Security': ['FSC', 'service'], 'Livelihood': ['LIV', 'service'], 'Nutrition': ['FSC', 'service'], 'Registration': ['DIS', 'service'],
  'Food': ['FSC', 'distribution'], 'HIV/AIDS': ['HEA', 'service'], 'Logistics': ['MOB', 'service'], 'Camp Management': ['DIS', 'coordination'], 'Environment': ['ENV', 'service'],
  'Coordination': ['OTH', 'coordination'], 'Cash Assistance': ['LIV', 'cash'], 'Reproductive Health': ['HEA', 'service'], 'Information Management': ['INF', 'information'],
  'Mental Health and Psychosocial Support': ['MHP', 'psychosocial'], 'Agriculture': ['FSC', 'service'], 'Transportation': ['MOB', 'service'], 'Income Generation': ['LIV', 'service'],
  'Legal Assistance / Protection': ['GOV', 'service'], 'Domestic Needs / Household Support': ['SHL', 'distribution'], 'Return': ['DIS', 'service'], 'Telecom': ['INF', 'service'],
  'Transport / Logistics': ['MOB', 'service'], 'Food Distribution': ['FSC', 'distribution'], 'Water, Sanitation and Hygiene': ['WSH', 'service'], 'Crop Production': ['FSC', 'production'],
  'Health Care Referral Services': ['HEA', 'service'], 'Malaria Prevention and Control': ['HEA', 'service'], 'Mental Health': ['MHP', 'psychosocial'],
  'Agency Operational Support': ['OTH', 'coordination'], 'Other': ['OTH', 'other'], 'Shelter / Other Infrastructure': ['SHL', 'service'],
}

export const unhcr3w: Mapping = {
  id: 'unhcr-3w',
  fits: ({ tags }) => ['#country', '#adm1', '#lat_deg', '#lon_deg', '#sector', '#org'].every((tag) => tags.includes(tag)),
  map: (row) => {
    const [country, region, sector, org] = ['#country', '#adm1', '#sector', '#org'].map(row.tagged) as [string, string, string, string]
    const code = countryOfName(country)
    const known = Object.hasOwn(sectors, sector) ? sectors[sector] : undefined
    if (code === null) return fail({ reason: 'country-unknown', field: 'country' })
    if (known === undefined) return fail({ reason: 'topic-unknown', field: 'topic' })
    if (!isCell(region)) return fail({ reason: 'place-missing', field: 'placeName' })
    if (!isCell(org)) return fail({ reason: 'does-not-fit', field: 'orgName' })
    const [topic, actionType] = known
    const point = pointOf(row.tagged('#lat_deg'), row.tagged('#lon_deg'))
    const content: ActionContent = {
      kind: 'action', topic, actionType: [actionType], orgName: org, orgType: '443', status: 'ongoing', startOn: '2014-01-01', observedOn: '2014-01-01', datePrecision: 'month',
      country: code, adm1Name: region, placeName: region, ...(point.ok ? point.value : {}), populationGroup: ['GEN'], reached: 'unknown',
      description: `${sector}: ${org} in ${region}, ${country}.`, lang: 'en', sourceType: 'secondary', consentBasis: 'no_person',
    }
    return ok({ content, assumed: ['orgType', 'status', 'startOn', 'observedOn', 'populationGroup', 'reached'], leftOut: point.ok ? [] : [{ field: 'lat', reason: point.problem }] })
  },
}

/** A point is both numbers or none. */
function pointOf(lat: string, lon: string): Result<{ readonly lat?: number; readonly lon?: number }, LeftOut['reason']> {
  const given = [lat, lon].filter(isCell)
  if (given.length < 2) return given.length === 0 ? ok({}) : fail('incomplete')
  const [north, east] = [readCoordinate(lat), readCoordinate(lon)]
  return north.ok && east.ok ? ok({ lat: north.value, lon: east.value }) : fail('not-a-number')
}

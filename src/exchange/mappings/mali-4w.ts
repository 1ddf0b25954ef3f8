import type { ActionType, Topic } from '#domain/codes/code-lists.ts'
import type { ActionContent } from '#domain/entry.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { countryOfName } from '#exchange/country-names.ts'
import { isCell } from '#exchange/mapping.ts'
import type { LeftOut, Mapping } from '#exchange/mapping.ts'
import { readAmount } from '#exchange/read-cells.ts'
import { shortened } from '#exchange/shortened.ts'

/**
 * OCHA ROWCA 4W of Mali 2014: activity, indicator and what was achieved. An indicator seldom counts people, so it becomes an
 * output (item and quantity) and never "people reached", which stays "unknown". The month is of 2014, as the file's name says.
 */
const clusters: Readonly<Record<string, readonly [Topic, ActionType]>> = {
  'Food Security': ['FSC', 'service'], 'Protection': ['PRO', 'service'], 'Water Sanitation & Hygiene': ['WSH', 'service'], 'Education': ['EDU', 'education'],
  'Health': ['HEA', 'service'], 'Nutrition': ['FSC', 'service'], 'Emergency Shelter and NFI': ['SHL', 'distribution'],
}
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

export const mali4w: Mapping = {
  id: 'mali-4w',
  fits: ({ tags, headers }) => ['#sector', '#org', '#period_date', '#activity', '#country', '#adm1'].every((tag) => tags.includes(tag)) && headers.includes('Achieved'),
  map: (row) => {
    const [sector, org, activity, country, region] = ['#sector', '#org', '#activity', '#country', '#adm1'].map(row.tagged) as [string, string, string, string, string]
    const code = countryOfName(country)
    const known = Object.hasOwn(clusters, sector) ? clusters[sector] : undefined
    const month = months.indexOf(row.tagged('#period_date')) + 1
    if (code === null) return fail({ reason: 'country-unknown', field: 'country' })
    if (known === undefined) return fail({ reason: 'topic-unknown', field: 'topic' })
    if (!isCell(region)) return fail({ reason: 'place-missing', field: 'placeName' })
    if (!isCell(org)) return fail({ reason: 'does-not-fit', field: 'orgName' })
    if (month === 0) return fail({ reason: 'does-not-fit', field: 'startOn' })
    const [topic, actionType] = known
    const startOn = `2014-${String(month).padStart(2, '0')}-01`
    const output = outputOf(row.at('Indicator'), row.at('Achieved'))
    const content: ActionContent = {
      kind: 'action', topic, actionType: [actionType], orgName: org, orgType: '443', status: 'ongoing', startOn, observedOn: startOn, datePrecision: 'month', country: code, adm1Name: region,
      placeName: isCell(row.tagged('#adm2')) ? row.tagged('#adm2') : region, populationGroup: ['GEN'], reached: 'unknown', ...(output.ok ? output.value : {}),
      title: shortened(activity, 100), description: `${activity}.`, lang: 'en', sourceType: 'secondary', consentBasis: 'no_person',
    }
    return ok({ content, assumed: ['orgType', 'status', 'populationGroup', 'reached'], leftOut: output.ok ? [] : [{ field: 'output', reason: output.problem }], shortened: row.at('Indicator').length > longestItem && content.output !== undefined ? ['output'] : [] })
  },
}

const longestItem = 80

/** Nothing where nothing was achieved; what was, but cannot be read or is of nothing, is no output and is named. */
function outputOf(item: string, achieved: string): Result<Pick<ActionContent, 'output'>, LeftOut['reason']> {
  if (!isCell(achieved)) return ok({})
  const quantity = readAmount(achieved)
  if (!quantity.ok || quantity.value < 0) return fail('not-a-number')
  return item === '' ? fail('incomplete') : ok({ output: [{ item: shortened(item, longestItem), quantity: quantity.value }] })
}

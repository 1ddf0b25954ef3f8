import { regionFinder } from '#domain/listed-regions.ts'
import { keptApartBy, nameKey } from '#domain/name-key.ts'
import { withoutContacts } from '#domain/personal-data.ts'
import { isSmall } from '#domain/small-cells.ts'
import type { CountedEntry } from '#report/counted-entry.ts'
import type { ReportCampaign } from '#report/report-input.ts'
import type { AreaName } from '#report/tree.ts'

/** The areas of a report: those of the campaign, those that reports name, and countries without a region. */
export interface ReportAreas {
  readonly of: (entry: CountedEntry) => AreaName
  readonly keyOf: (entry: CountedEntry) => string
  /** The campaign's regions first, in its order, then the others by country and name. */
  readonly all: readonly { readonly key: string; readonly area: AreaName }[]
  /** Whether the campaign has a list, so that silence can be told by area. */
  readonly hasList: boolean
}

/**
 * A district counts in its region, and a region of the list however it was named. Another one that somebody wrote by hand is named where at
 * least five reports name it so: one name alone could be anything, and lead to somebody.
 */
export function reportAreas(entries: readonly CountedEntry[], { areas, countries }: Pick<ReportCampaign, 'areas' | 'countries'>): ReportAreas {
  const listed = regionFinder(areas)
  const written = namesByHand(entries.filter((entry) => listed(entry.content) === undefined))
  const known = new Map<string, AreaName>()
  for (const { code, name, country, within } of areas) if (within === undefined) known.set(`${country}/${code}`, { country, code, name })
  const of = (entry: CountedEntry): AreaName => {
    const region = listed(entry.content)
    if (region !== undefined) return { country: region.country, code: region.code, name: region.name }
    const name = written.get(handKey(entry)) ?? null
    return { country: entry.content.country, code: null, name }
  }
  const keys = new Map<CountedEntry, string>()
  const keyOf = (entry: CountedEntry): string => {
    const key = keys.get(entry) ?? keyOfArea(of(entry))
    keys.set(entry, key)
    return key
  }
  for (const entry of entries) {
    const area = of(entry)
    const key = keyOfArea(area)
    if (!known.has(key)) known.set(key, area)
  }
  // A country of the campaign from which nobody reports is silent as a whole where it has no list.
  for (const country of countries) if (![...known.values()].some((area) => area.country === country)) known.set(`${country}/`, { country, code: null, name: null, isWhole: true })
  return { of, keyOf, all: [...known].map(([key, area]) => ({ key, area })).toSorted((one, other) => orderOf(one.area, other.area)), hasList: areas.length > 0 }
}

/** Those of the list stay as they are; others by country and name, a country itself behind its regions: in the order in which they were first reported nobody finds one. */
function orderOf(one: AreaName, other: AreaName): number {
  if (one.code !== null || other.code !== null) return Number(one.code === null) - Number(other.code === null)
  const [first, second] = [one, other].map(({ country, name }) => `${country}/${name === null ? '\u{10ffff}' : nameKey(name)}`) as [string, string]
  return first < second ? -1 : Number(first > second)
}

function keyOfArea({ country, code, name }: AreaName): string {
  return `${country}/${code ?? name ?? ''}`
}

/** As it is spelled most often, for the names that at least five reports share. */
function namesByHand(entries: readonly CountedEntry[]): ReadonlyMap<string, string> {
  const spellings = new Map<string, Map<string, number>>()
  for (const entry of entries) {
    const { adm1Name } = entry.content
    if (adm1Name === undefined) continue
    const key = handKey(entry)
    const counts = spellings.get(key) ?? new Map<string, number>()
    spellings.set(key, counts.set(adm1Name.trim(), (counts.get(adm1Name.trim()) ?? 0) + 1))
  }
  return new Map([...spellings].flatMap(([key, counts]) => {
    const all = [...counts]
    const total = all.reduce((sum, [, count]) => sum + count, 0)
    const [best] = all.toSorted(([one, oneCount], [other, otherCount]) => otherCount - oneCount || (one < other ? -1 : 1))
    return isSmall(total) || best === undefined ? [] : [[key, withoutContacts(best[0])] as const]
  }))
}

function handKey({ content }: CountedEntry): string {
  const name = content.adm1Name ?? ''
  return `${content.country}/${keptApartBy(name)}`
}

import type { Area } from '#domain/areas.ts'
import { nameKey } from '#domain/name-key.ts'

/** How an entry may name its region: by the code of the region or of a district in it, or by a name, in whatever language and spelling. */
export interface NamedRegion {
  readonly country: string
  readonly adm1Code?: string | undefined
  readonly adm1Name?: string | undefined
  readonly adm2Code?: string | undefined
}

/** The region of a campaign's list that is meant; undefined for one that is not there, and for a name that two regions of the country have. */
export type FindRegion = (named: NamedRegion) => Area | undefined

const noRegion = '/'

/** What stands for "in this country, and no region was given" where regions are listed, counted and chosen. */
export function withoutRegion(country: string): string {
  return `${noRegion}${country}`
}

/** The country of which no region was given; null for a region. */
export function countryWithoutRegion(code: string): string | null {
  return code.startsWith(noRegion) ? code.slice(noRegion.length) : null
}

export function regionFinder(areas: readonly Area[]): FindRegion {
  // Most campaigns have no list, and of a hundred thousand entries each name that is not compared is felt.
  if (areas.length === 0) return () => undefined
  const [byCode, byName] = [regionsByCode(areas), regionsByName(areas)]
  return ({ country, adm1Code, adm1Name, adm2Code }) => {
    const byItsCode = [adm1Code, adm2Code].flatMap((code) => (code === undefined ? [] : (byCode.get(code) ?? []))).find((region) => region.country === country)
    // A code that the list has says which one is meant, whatever name stands beside it. One of another list says nothing here.
    const isListed = adm1Code !== undefined && byCode.has(adm1Code)
    return byItsCode ?? (!isListed && adm1Name !== undefined ? (byName.get(`${country}/${nameKey(adm1Name)}`) ?? undefined) : undefined)
  }
}

function regionsByCode(areas: readonly Area[]): ReadonlyMap<string, Area> {
  const areaOf = new Map(areas.map((area) => [area.code, area] as const))
  return new Map(areas.flatMap((area) => {
    const region = area.within === undefined ? area : areaOf.get(area.within)
    return region === undefined ? [] : [[area.code, region] as const]
  }))
}

/** Null: two regions are called so. */
function regionsByName(areas: readonly Area[]): ReadonlyMap<string, Area | null> {
  const byName = new Map<string, Area | null>()
  for (const region of areas.filter(({ within }) => within === undefined)) {
    for (const name of [region.name, ...Object.values(region.names ?? {})]) {
      const key = `${region.country}/${nameKey(name)}`
      const known = byName.get(key)
      byName.set(key, known === undefined || known === region ? region : null)
    }
  }
  return byName
}

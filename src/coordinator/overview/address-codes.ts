import { withoutRegion } from '#domain/listed-regions.ts'

/** Countries and regions of areas as the overview names them: `country/adm1`. */
export function codesIn(areas: readonly string[]): { readonly countries: readonly string[]; readonly regions: readonly string[] } {
  const parts = areas.map((area) => area.split('/')).map(([country = '', ...region]) => ({ country, adm1: region.length === 0 ? withoutRegion(country) : region.join('/') }))
  const once = (values: readonly string[]) => [...new Set(values)].filter((value) => value !== '')
  return { countries: once(parts.map(({ country }) => country)), regions: once(parts.map(({ adm1 }) => adm1)) }
}

export function areaIdOf({ country, adm1 }: { readonly country: string; readonly adm1: string | null }): string {
  return adm1 === null ? country : `${country}/${adm1}`
}

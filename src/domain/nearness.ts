import { nameKey } from '#domain/name-key.ts'
/** Where something is, as far as it is known: names, codes, a coarse point. */
export interface Whereabouts {
  readonly country: string | undefined
  readonly region: string | undefined
  readonly place: string | undefined
  readonly lat: number | undefined
  readonly lon: number | undefined
}

/** The same place, near it, in the same country, or elsewhere. */
export const nearnesses = ['place', 'near', 'country', 'far'] as const
export type Nearness = (typeof nearnesses)[number]

/** As far as people go for help within a day, and what the field calls near. */
const nearKm = 25
const earthRadiusKm = 6371

export function nearnessOf(a: Whereabouts, b: Whereabouts): Nearness {
  const km = distanceKm(a, b)
  const isSameCountry = a.country !== undefined && a.country === b.country
  if (isSameCountry && isSameName(a.place, b.place) && (km === null || km <= nearKm)) return 'place'
  if ((km !== null && km <= nearKm) || (isSameCountry && isSameName(a.region, b.region))) return 'near'
  return isSameCountry ? 'country' : 'far'
}

/** Between two points as the crow flies; null when one of them has no point. */
export function distanceKm(a: Pick<Whereabouts, 'lat' | 'lon'>, b: Pick<Whereabouts, 'lat' | 'lon'>): number | null {
  if (a.lat === undefined || a.lon === undefined || b.lat === undefined || b.lon === undefined) return null
  const [latA, latB] = [radians(a.lat), radians(b.lat)]
  const haversine = Math.sin((latB - latA) / 2) ** 2 + Math.cos(latA) * Math.cos(latB) * Math.sin(radians(b.lon - a.lon) / 2) ** 2
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(haversine)))
}

function isSameName(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && nameKey(a) !== '' && nameKey(a) === nameKey(b)
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}

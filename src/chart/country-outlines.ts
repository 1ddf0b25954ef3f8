import { geoCentroid } from 'd3-geo'
import type { ExtendedFeature } from 'd3-geo'
import { feature } from 'topojson-client'
import { alpha3OfNumeric } from '#domain/codes/country-numbers.ts'
import world from 'world-atlas/countries-110m.json' with { type: 'json' }

/** An outline of land, with the country that it is (ISO 3166-1 alpha-3), or null where it has no such code. */
export interface CountryOutline {
  readonly country: string | null
  readonly outline: ExtendedFeature
}

/** Where the symbol of a whole country stands, `[lon, lat]`; null for one that is not drawn. */
export function middleOfCountry(country: string, outlines: readonly CountryOutline[]): readonly [number, number] | null {
  const found = outlines.find((one) => one.country === country)
  return found === undefined ? null : geoCentroid(found.outline)
}

/** All countries, 1 : 110 million (Natural Earth, public domain): the ground on which areas lie, for a map that needs no connection. */
export function countryOutlines(): readonly CountryOutline[] {
  // The compiler reads the file's lines as numbers of any count; the package promises a topology.
  const topology = world as unknown as Parameters<typeof feature>[0]
  const countries = topology.objects['countries']
  const drawn = countries === undefined ? null : feature(topology, countries)
  if (drawn === null || !('features' in drawn)) return []
  return drawn.features.map((outline) => ({ country: alpha3OfNumeric(String(outline.id)), outline }))
}

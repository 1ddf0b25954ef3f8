import { geoBounds, geoContains } from 'd3-geo'
import type { ExtendedFeature } from 'd3-geo'
import { feature } from 'topojson-client'
import { alpha3OfNumeric, numericOf } from '#domain/codes/country-numbers.ts'
import world from 'world-atlas/countries-110m.json' with { type: 'json' }

/** Outlines of the countries, 1 : 110 million (Natural Earth, public domain): enough to tell where in a country something is. */
export const outlines: readonly ExtendedFeature[] = readOutlines()

/** The outline of a country, or null when it is too small to be drawn. */
export function outlineOf(alpha3: string): ExtendedFeature | null {
  const numeric = numericOf(alpha3)
  return outlines.find(({ id }) => id !== undefined && String(id) === numeric) ?? null
}

/** In which country a point lies, as far as outlines of this size tell; null at sea and where they say nothing. */
export function countryAt(lat: number, lon: number): string | null {
  const found = outlines.find((outline) => geoContains(outline, [lon, lat]))
  return alpha3OfNumeric(String(found?.id))
}

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number]

export function boundsOf(alpha3: string): Bounds | null {
  const outline = outlineOf(alpha3)
  if (outline === null) return null
  const [[west, south], [east, north]] = geoBounds(outline)
  return [west, south, east, north]
}

function readOutlines(): readonly ExtendedFeature[] {
  // The compiler reads the file's lines as numbers of any count; the package promises a topology.
  const topology = world as unknown as Parameters<typeof feature>[0]
  const countries = topology.objects['countries']
  const drawn = countries === undefined ? null : feature(topology, countries)
  return drawn !== null && 'features' in drawn ? drawn.features : []
}

import { isShareable } from '#domain/disclosure.ts'
import { entryColumns, mostOutputs, valueAt } from '#exchange/entry-columns.ts'
import { metaColumns } from '#exchange/entry-table.ts'
import { numberCell, textCell } from '#exchange/file-table.ts'
import type { ExportedEntry } from '#exchange/file-table.ts'

/** Longitude first, as RFC 7946 wants it. */
export type LonLat = readonly [number, number]

export interface PointFeature {
  readonly type: 'Feature'
  readonly id: string
  readonly geometry: { readonly type: 'Point'; readonly coordinates: LonLat } | null
  /** Flat, by the names of the fields, lists in one text: programs for maps show nested values as raw JSON. */
  readonly properties: Readonly<Record<string, string | number>>
}

const point = new Set(['lat', 'lon'])

/**
 * An entry as a feature, its point no finer than `disclosure.ts` lets it out; without one its geometry is null. Nothing of a sensitive
 * entry is on a map at all: null.
 */
export function entryFeature(entry: ExportedEntry): PointFeature | null {
  const { ref, sensitivity } = entry
  const disclosed = isShareable(sensitivity) ? entry.disclosed : null
  if (disclosed === null) return null
  const { lat, lon } = disclosed
  const fields = entryColumns(disclosed.kind, mostOutputs).filter(({ field }) => !point.has(field))
  const cells = [
    ...metaColumns.map(({ name, cell }) => [name, cell(entry)] as const),
    ...fields.map(({ cell, field }) => [field, (cell === 'number' ? numberCell : textCell)(valueAt(disclosed, field))] as const),
  ]
  return {
    type: 'Feature', id: ref,
    geometry: typeof lat === 'number' && typeof lon === 'number' ? { type: 'Point', coordinates: [lon, lat] } : null,
    properties: Object.fromEntries(cells.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))),
  }
}

/** West, south, east, north; see `boundingBox`. */
export type Box = readonly [number, number, number, number]

/** Collects points for the box around them. Coarse points are few, however many entries there are. */
export function createBounds(): { readonly add: (point: LonLat) => void; readonly box: () => Box | null } {
  const longitudes = new Set<number>()
  let [south, north] = [Infinity, -Infinity]
  return {
    add: ([lon, lat]) => {
      longitudes.add(lon)
      south = Math.min(south, lat)
      north = Math.max(north, lat)
    },
    box: () => {
      if (longitudes.size === 0) return null
      const [west, east] = narrowest([...longitudes].toSorted((a, b) => a - b))
      return [west, south, east, north]
    },
  }
}

/**
 * From where to where all of them lie, by the shorter way around: where that crosses the 180th meridian, west is greater than east
 * (RFC 7946, 5.2). It is what is left beside the widest gap.
 */
function narrowest(sorted: readonly number[]): readonly [number, number] {
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)]
  let best = { gap: first + 360 - last, west: first, east: last }
  for (const [index, east] of sorted.entries()) {
    const west = sorted[index + 1]
    if (west !== undefined && west - east > best.gap) best = { gap: west - east, west, east }
  }
  return [best.west, best.east]
}

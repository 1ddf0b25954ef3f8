import { geoMercator, geoPath } from 'd3-geo'
import type { ExtendedFeature, GeoProjection } from 'd3-geo'
import type { Position } from '#domain/disclosure.ts'
import type { Bounds } from '#volunteer/map/outlines.ts'

/** What a map shows: its middle, and how many degrees of longitude fit across it. */
export interface MapView {
  readonly lat: number
  readonly lon: number
  readonly span: number
}

export const mapSize = { width: 320, height: 240 } as const

const widest: MapView = { lat: 20, lon: 10, span: 360 }
/** Below this, outlines of this size say nothing any more. */
const narrowestSpan = 2
/** Mercator has no poles; nobody records there. */
const highestLat = 80
/** A pin is set better than a finger is wide, because one sees it and moves it. */
const aimPx = 6
/** Nobody finds a place on outlines of this size better than this. */
const outlineM = 10_000
const metresPerDegree = 111_320
/** What the accuracy of a point may be at most. */
const worstM = 100_000

/** A country with some room around it, or the whole world. */
export function viewOf(bounds: Bounds | null): MapView {
  if (bounds === null) return widest
  const [west, south, east, north] = bounds
  // A country over the 180th meridian has its east before its west.
  const width = east >= west ? east - west : east - west + 360
  const lat = clamp((south + north) / 2, highestLat)
  const height = (north - south) / Math.max(0.2, Math.cos(radians(lat)))
  return { lat, lon: wrapped(west + width / 2), span: withinSpan(Math.max(width, height * (mapSize.width / mapSize.height)) * 1.3) }
}

export function zoomed(view: MapView, factor: number, around: Pick<Position, 'lat' | 'lon'> | null): MapView {
  const middle = around ?? view
  return { lat: middle.lat, lon: middle.lon, span: withinSpan(view.span * factor) }
}

/** One step of an arrow key, in the middle's own scale; the view follows the pin. */
export function moved(view: MapView, pin: Pick<Position, 'lat' | 'lon'>, east: number, north: number): Pick<Position, 'lat' | 'lon'> {
  const step = view.span / 24
  return { lat: clamp(pin.lat + north * step * Math.cos(radians(pin.lat)), highestLat), lon: wrapped(pin.lon + east * step) }
}

export function projectionOf({ lat, lon, span }: MapView): GeoProjection {
  const { width, height } = mapSize
  return geoMercator().rotate([-lon, 0]).center([0, lat]).scale(width / radians(span)).translate([width / 2, height / 2]).clipExtent([[-8, -8], [width + 8, height + 8]])
}

/** The outlines as the path data of SVG, each with the number of its country; what is out of sight is left out. */
export function drawn(view: MapView, outlines: readonly ExtendedFeature[]): readonly { readonly outline: ExtendedFeature; readonly line: string }[] {
  const path = geoPath(projectionOf(view)).digits(1)
  return outlines.flatMap((outline) => {
    const line = path(outline)
    return line === null ? [] : [{ outline, line }]
  })
}

/** Where the pin stands on the map, or null when it is out of sight. */
export function spotOf(view: MapView, { lat, lon }: Pick<Position, 'lat' | 'lon'>): readonly [number, number] | null {
  const spot = projectionOf(view)([lon, lat])
  if (spot === null) return null
  const [x, y] = spot
  return x < 0 || y < 0 || x > mapSize.width || y > mapSize.height ? null : [x, y]
}

/** The point under a finger, with how well it can be aimed at there. */
export function pointAt(view: MapView, x: number, y: number): Position | null {
  const point = projectionOf(view).invert?.([x, y]) ?? null
  return point === null ? null : positionOn(view, { lat: clamp(point[1], highestLat), lon: wrapped(point[0]) })
}

export function positionOn(view: MapView, { lat, lon }: Pick<Position, 'lat' | 'lon'>): Position {
  const aim = (view.span / mapSize.width) * aimPx * metresPerDegree * Math.cos(radians(lat))
  return { lat, lon, accuracyM: roundUp(Math.max(outlineM, aim)) }
}

/** To 10, 20, 50 or 100 km: more digits would promise what nobody measured. */
function roundUp(metres: number): number {
  return [10_000, 20_000, 50_000].find((step) => metres <= step) ?? worstM
}

function withinSpan(span: number): number {
  return Math.min(widest.span, Math.max(narrowestSpan, span))
}

function clamp(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value))
}

function wrapped(lon: number): number {
  return ((((lon + 180) % 360) + 360) % 360) - 180
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}

import { geoBounds, geoCentroid, geoMercator, geoPath } from 'd3-geo'
import type { ExtendedFeature, GeoProjection } from 'd3-geo'
import type { CountryOutline } from '#chart/country-outlines.ts'
import { createLabelRoom, lineHeight } from '#chart/label-room.ts'
import type { Box } from '#chart/label-room.ts'
import type { Drawing, Paint, Shape } from '#chart/drawing.ts'
import { tenth } from '#chart/drawing.ts'

/** One area with what was reported from there. */
export interface MapArea {
  readonly id: string
  readonly name: string
  /** What it says to those who do not see it: name and counts. */
  readonly label: string
  /** The numbers under the name. */
  readonly value: string
  readonly challenges: number
  readonly actions: number
  /** Of which kinds there is a number that is not shown: it has a mark of its own, never none. */
  readonly isSome?: { readonly challenges: boolean; readonly actions: boolean }
  /** Whether nobody reports from there, where that does not follow from the numbers: one that is not shown is none. */
  readonly isSilent?: boolean
  /** Its outline (GeoJSON, WGS 84), or null. */
  readonly outline: ExtendedFeature | null
  /** Where its symbol stands, `[lon, lat]`, when it has no outline; null: it cannot be placed and is only in the words. */
  readonly point: readonly [number, number] | null
}

export interface SymbolMapAbout {
  readonly title: string
  readonly text: string
  /** The campaign's, alpha-3: what the map shows whole. */
  readonly countries: readonly string[]
  readonly outlines: readonly CountryOutline[]
  readonly chosen: ReadonlySet<string>
  /** As wide as the place where it will stand, in pixels, so that its letters are no smaller there than others; 560 where that is not known. */
  readonly width?: number
}

const usualWidth = 560
const heightOfWidth = 380 / 560
/** The radius of the largest half circle, as a share of the width; the area of a half, not its width, says how much. */
const largestOfWidth = 26 / 560
const smallest = 3
/** Of a number that is not shown: a mark, no measure. */
const hiddenRadius = 4
const groundDegrees = 0.6
/** Mercator has no poles; nobody reports from there. */
const highestLat = 80

/**
 * Half a circle for challenges, half for actions, at each area; an area from which nobody reports is hatched. Never a shaded
 * area: a large one with few reports would look worse than a small one with many.
 */
export function symbolMap(areas: readonly MapArea[], about: SymbolMapAbout): Drawing {
  const { width = usualWidth } = about
  const size = { width, height: Math.round(width * heightOfWidth) }
  const largest = width * largestOfWidth
  const projection = projectionFor(areas, about, size)
  const path = geoPath(projection).digits(1)
  const most = areas.reduce((sum, { challenges, actions }) => Math.max(sum, challenges, actions), 1)
  const land = about.outlines.flatMap(({ country, outline }): readonly Shape[] => pathOf(outline, country !== null && about.countries.includes(country) ? 'area' : 'land'))
  // Small ones last, so that a large neighbour never covers them; the names of large ones first, where there is room for few.
  const placed = areas.toSorted((one, other) => other.challenges + other.actions - one.challenges - one.actions)
  const room = createLabelRoom(size, placed.flatMap((area) => (isSilent(area) ? [] : (markOf(area) ?? []))))
  const unnamed: string[] = []
  const symbols = placed.map((area): Shape => ({ shape: 'group', id: area.id, label: area.label, isChosen: about.chosen.has(area.id), shapes: symbolOf(area) }))
  return {
    ...size, title: about.title, text: about.text, unnamed,
    shapes: [
      { shape: 'rect', x: 0, y: 0, ...size, paint: 'sea' }, ...land,
      ...areas.flatMap((area) => (area.outline === null ? [] : pathOf(area.outline, isSilent(area) ? 'silent' : 'area'))),
      ...symbols,
    ],
  }

  function radius(area: MapArea, kind: 'challenges' | 'actions'): number {
    if (area.isSome?.[kind] === true) return hiddenRadius
    return area[kind] === 0 ? 0 : Math.max(smallest, Math.sqrt(area[kind] / most) * largest)
  }

  function pathOf(outline: ExtendedFeature, paint: 'area' | 'land' | 'silent'): readonly Shape[] {
    const d = path(outline)
    return d === null ? [] : [{ shape: 'path', d, paint }]
  }

  /** What its symbol covers; of a silent area the place in the middle where its name stands. */
  function markOf(area: MapArea): Box | null {
    const spot = spotOf(area, projection)
    if (spot === null) return null
    const [[x, y], left, right] = [spot, radius(area, 'challenges'), radius(area, 'actions')]
    const r = Math.max(left, right)
    return isSilent(area) ? { left: x, right: x, top: y + 4 - lineHeight, bottom: y + 4 - lineHeight } : { left: x - (left > 0 ? r : 0), right: x + (right > 0 ? r : 0), top: y - r, bottom: y + r }
  }

  function symbolOf(area: MapArea): readonly Shape[] {
    const spot = spotOf(area, projection)
    if (spot === null) return []
    const [x, y] = [tenth(spot[0]), tenth(spot[1])]
    const [left, right] = [radius(area, 'challenges'), radius(area, 'actions')]
    const mark = markOf(area)
    const words = mark === null ? [] : room.take(mark, isSilent(area) ? [area.name] : [area.name, area.value])
    if (words.length === 0 && !isSilent(area)) unnamed.push(area.id)
    const paintOf = (kind: 'challenges' | 'actions') => (kind === 'challenges' ? (area.isSome?.challenges === true ? 'challenge-some' : 'challenge') : area.isSome?.actions === true ? 'action-some' : 'action') satisfies Paint
    return [
      ...(about.chosen.has(area.id) ? [{ shape: 'path', d: circle(x, y, Math.max(left, right) + 5), paint: 'chosen' } as const] : []),
      ...(left > 0 ? [{ shape: 'path', d: half(x, y, left, 0), paint: paintOf('challenges') } as const] : []),
      ...(right > 0 ? [{ shape: 'path', d: half(x, y, right, 1), paint: paintOf('actions') } as const] : []),
      ...words.map(({ text, ...place }, index): Shape => ({ shape: 'text', ...place, anchor: 'middle', lettering: index === 0 ? 'name' : 'value', text })),
    ]
  }
}

export function isSilent({ challenges, actions, isSilent: known }: Pick<MapArea, 'challenges' | 'actions' | 'isSilent'>): boolean {
  return known ?? challenges + actions === 0
}

/** Shows what has an outline or a point, and the campaign's countries whole where there is neither. */
function projectionFor(areas: readonly MapArea[], { countries, outlines }: SymbolMapAbout, size: { readonly width: number; readonly height: number }): GeoProjection {
  const margin = (size.width * 24) / usualWidth
  const own = outlines.filter(({ country }) => country !== null && countries.includes(country)).map(({ outline }) => outline)
  const drawn = areas.flatMap(({ outline }) => (outline === null ? [] : [outline]))
  const features = drawn.length > 0 ? drawn : own
  const points = areas.flatMap(({ outline, point }) => (outline === null && point !== null ? [point] : []))
  const shown = features.length + points.length === 0 ? outlines.map(({ outline }) => outline) : features
  const middle = middleOf(shown, points)
  const projection = geoMercator().rotate([-middle, 0])
  const geometries = [...shown.map(({ geometry }) => geometry), { type: 'MultiPoint' as const, coordinates: points.flatMap(around) }].filter((geometry) => geometry !== null)
  projection.fitExtent([[margin, margin], [size.width - margin, size.height - margin]], { type: 'GeometryCollection', geometries })
  return projection.clipExtent([[-8, -8], [size.width + 8, size.height + 8]])
}

/** Some ground around a point: a single one would be shown at the scale of a street, or of nothing at all. */
function around([lon, lat]: readonly [number, number]): number[][] {
  return [[-1, -1], [1, 1], [-1, 1], [1, -1]].map(([east = 0, north = 0]) => [lon + east * groundDegrees, Math.min(highestLat, Math.max(-highestLat, lat + north * groundDegrees))])
}

/** A country on both sides of the 180th meridian is not torn apart. */
function middleOf(features: readonly ExtendedFeature[], points: readonly (readonly [number, number])[]): number {
  if (features.length === 0) return points[0]?.[0] ?? 0
  const [[west], [east]] = geoBounds({ type: 'FeatureCollection', features: [...features] })
  return east >= west ? (west + east) / 2 : (west + east + 360) / 2
}

function spotOf({ outline, point }: MapArea, projection: GeoProjection): readonly [number, number] | null {
  const place = outline === null ? point : geoCentroid(outline)
  return place === null ? null : projection([place[0], place[1]])
}

/** `sweep` 0: the left half, 1: the right one. A map is not mirrored, so the sides stay. */
function half(x: number, y: number, r: number, sweep: 0 | 1): string {
  return `M${x} ${tenth(y - r)}a${tenth(r)} ${tenth(r)} 0 0 ${sweep} 0 ${tenth(2 * r)}z`
}

function circle(x: number, y: number, r: number): string {
  return `M${tenth(x - r)} ${y}a${tenth(r)} ${tenth(r)} 0 1 0 ${tenth(2 * r)} 0a${tenth(r)} ${tenth(r)} 0 1 0 ${tenth(-2 * r)} 0z`
}

import { geoArea } from 'd3-geo'
import type { ExtendedFeature } from 'd3-geo'
import { ringPoints } from '#domain/areas.ts'
import type { Outline } from '#domain/areas.ts'

/**
 * An area's own outline as a map draws it. Rings come in any direction, and on a sphere a ring that runs the other way holds
 * everything but the area: each is turned so that it holds the smaller part.
 */
export function areaOutline(outline: Outline): ExtendedFeature {
  const polygons = outline.map((ring) => {
    const points = ringPoints(ring).map(([lon, lat]) => [lon / 1000, lat / 1000])
    const [first] = points
    const closed = first === undefined ? points : [...points, first]
    return [geoArea({ type: 'Polygon', coordinates: [closed] }) > 2 * Math.PI ? closed.toReversed() : closed]
  })
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: polygons } }
}

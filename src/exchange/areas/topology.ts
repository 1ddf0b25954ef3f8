import * as v from 'valibot'

const arcs = v.array(v.array(v.number()))
const objectSchema = v.looseObject({ type: v.string(), arcs: v.optional(v.unknown()), id: v.optional(v.union([v.string(), v.number()])), properties: v.nullish(v.record(v.string(), v.unknown())) })
const topologySchema = v.looseObject({
  type: v.literal('Topology'),
  transform: v.optional(v.looseObject({ scale: v.tuple([v.number(), v.number()]), translate: v.tuple([v.number(), v.number()]) })),
  arcs: v.array(v.array(v.array(v.number()))),
  objects: v.record(v.string(), v.looseObject({ type: v.string(), geometries: v.optional(v.array(objectSchema)) })),
})
type Topology = v.InferOutput<typeof topologySchema>
type Position = readonly [number, number]

/** A TopoJSON file as the GeoJSON that it stands for, of its object with the most shapes; null when it is none. */
export function topologyFeatures(json: unknown): unknown {
  const parsed = v.safeParse(topologySchema, json)
  if (!parsed.success) return null
  const lines = parsed.output.arcs.map((arc) => decoded(arc, parsed.output.transform))
  const [largest = []] = Object.values(parsed.output.objects).map(({ geometries = [] }) => geometries).toSorted((a, b) => b.length - a.length)
  return {
    type: 'FeatureCollection',
    features: largest.map(({ type, arcs: raw, id, properties }) => ({ type: 'Feature', properties: { ...(id === undefined ? {} : { id }), ...properties }, geometry: { type, coordinates: coordinates(type, raw, lines) } })),
  }
}

/** With a transform, points are whole numbers and each is the difference to the one before. */
function decoded(arc: readonly (readonly number[])[], transform: Topology['transform']): readonly Position[] {
  if (transform === undefined) return arc.map(([x = 0, y = 0]) => [x, y])
  let [x, y] = [0, 0]
  return arc.map(([dx = 0, dy = 0]) => {
    x += dx
    y += dy
    return [x * transform.scale[0] + transform.translate[0], y * transform.scale[1] + transform.translate[1]]
  })
}

function coordinates(type: string, raw: unknown, lines: readonly (readonly Position[])[]): unknown {
  const ring = (names: readonly number[]): readonly Position[] => names.flatMap((name, index) => {
    // A negative name is the line run backwards; each further one begins where the last ended.
    const line = name < 0 ? (lines[-1 - name] ?? []).toReversed() : (lines[name] ?? [])
    return index === 0 ? line : line.slice(1)
  })
  if (type === 'Polygon' && v.is(arcs, raw)) return raw.map(ring)
  return type === 'MultiPolygon' && v.is(v.array(arcs), raw) ? raw.map((polygon) => polygon.map(ring)) : null
}

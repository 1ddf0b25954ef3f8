import * as v from 'valibot'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { Ring } from '#exchange/areas/outlines.ts'
import { topologyFeatures } from '#exchange/areas/topology.ts'

/** A country's districts in full detail are some 20 MB; more than this no desk should have to read. */
export const maxBoundaryBytes = 60_000_000

export interface Boundary {
  readonly properties: Readonly<Record<string, unknown>>
  readonly rings: readonly Ring[]
}

/** A shape of the file: read, or why it cannot be. */
export type ReadShape = Boundary | { readonly properties: Readonly<Record<string, unknown>>; readonly problem: 'not-a-polygon' | 'not-degrees' }

export type BoundaryProblem = 'too-large' | 'not-json' | 'not-boundaries' | 'other-projection'

const positionSchema = v.pipe(v.array(v.number()), v.minLength(2))
const ringsSchema = v.array(v.pipe(v.array(positionSchema), v.minLength(4)))
const geometrySchema = v.variant('type', [
  v.looseObject({ type: v.literal('Polygon'), coordinates: ringsSchema }),
  v.looseObject({ type: v.literal('MultiPolygon'), coordinates: v.array(ringsSchema) }),
])
const featureSchema = v.looseObject({ type: v.literal('Feature'), properties: v.nullish(v.record(v.string(), v.unknown())), geometry: v.optional(v.unknown()) })
const collectionSchema = v.looseObject({ type: v.literal('FeatureCollection'), features: v.array(featureSchema), crs: v.optional(v.unknown()) })
/** RFC 7946 knows one system alone; older files name theirs, and only these are the same. */
const crsSchema = v.looseObject({ properties: v.looseObject({ name: v.pipe(v.string(), v.regex(/CRS84|4326$/)) }) })

/** The shapes of a GeoJSON (RFC 7946) or TopoJSON file, one by one. */
export function readBoundaryFile(text: string): Result<readonly ReadShape[], BoundaryProblem> {
  if (text.length > maxBoundaryBytes) return fail('too-large')
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return fail('not-json')
  }
  const parsed = v.safeParse(collectionSchema, topologyFeatures(json) ?? json)
  if (!parsed.success) return fail('not-boundaries')
  const { crs, features } = parsed.output
  if (crs !== undefined && crs !== null && !v.is(crsSchema, crs)) return fail('other-projection')
  return ok(features.map(({ properties, geometry }) => shapeOf(properties ?? {}, geometry)))
}

function shapeOf(properties: Readonly<Record<string, unknown>>, raw: unknown): ReadShape {
  const geometry = v.safeParse(geometrySchema, raw)
  if (!geometry.success) return { properties, problem: 'not-a-polygon' }
  const { output } = geometry
  const rings = output.type === 'Polygon' ? output.coordinates : output.coordinates.flat()
  const isOnEarth = rings.every((ring) => ring.every(([lon = 999, lat = 999]) => Math.abs(lon) <= 180.001 && Math.abs(lat) <= 90.001))
  if (!isOnEarth) return { properties, problem: 'not-degrees' }
  return { properties, rings: rings.map((ring) => ring.map(([lon = 0, lat = 0]) => [Math.round(lon * 1000), Math.round(lat * 1000)] as const)) }
}

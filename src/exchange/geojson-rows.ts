import * as v from 'valibot'
import { kinds } from '#domain/kinds.ts'
import { ownValue } from '#domain/own-value.ts'
import { csvText } from '#exchange/csv.ts'
import { entryColumns, mostOutputs } from '#exchange/entry-columns.ts'
import { metaColumns } from '#exchange/entry-table.ts'
import { numberText } from '#exchange/read-cells.ts'
import { TooManyCells, mostCells } from '#exchange/table-size.ts'

const position = v.pipe(v.array(v.number()), v.minLength(2))
/** Of a record the library drops what is named `constructor`, which a builder is called in Spanish. */
const propertiesSchema = v.custom<Readonly<Record<string, unknown>>>((raw) => typeof raw === 'object' && raw !== null && !Array.isArray(raw))
const featureSchema = v.looseObject({ type: v.literal('Feature'), properties: v.nullish(propertiesSchema), geometry: v.nullish(v.looseObject({ type: v.string(), coordinates: v.optional(v.unknown()) })) })
const collectionSchema = v.looseObject({ type: v.literal('FeatureCollection'), features: v.array(featureSchema) })

/**
 * The features of a GeoJSON file (RFC 7946: longitude first) as a table: one row each, their properties as columns, and `latitude` and
 * `longitude` of points. Null for what is none. Lines and areas have no point that would be true of them, so they get none but the one that
 * their own properties say. `most`: so many cells it may become. What Terrain itself wrote stands under its tags, as in its CSV, so that it is known again.
 */
export function geojsonCsv(text: string, most: number = mostCells): string | null {
  const parsed = v.safeParse(collectionSchema, parsedJson(text))
  if (!parsed.success) return null
  const { features } = parsed.output
  const found = [...new Set(features.flatMap(({ properties }) => Object.keys(properties ?? {})))].filter((key) => key !== 'latitude' && key !== 'longitude')
  const isOwn = alwaysThere.every((key) => found.includes(key)) && features.some(({ properties }) => kinds.some((kind) => kind === properties?.['kind']))
  // All columns, whichever this file needs: the row of an entry is the same in every file, and is known again by it.
  const keys = isOwn ? [...new Set([...ownTags.keys(), ...found])] : found
  if (features.length * keys.length > most) throw new TooManyCells()
  const rows = features.map(({ properties, geometry }) => {
    const said = [cellText(properties?.['longitude']), cellText(properties?.['latitude'])]
    const [lon, lat] = geometry?.type === 'Point' && v.is(position, geometry.coordinates) ? geometry.coordinates : said
    return [...keys.map((key) => cellText(ownValue(properties ?? {}, key))), lat, lon]
  })
  const tags = isOwn ? [[...keys.map((key) => ownTags.get(key)), '#geo+lat', '#geo+lon']] : []
  return csvText([[...keys, 'latitude', 'longitude'], ...tags, ...rows])
}

/** Properties without which no feature leaves Terrain. */
const alwaysThere = ['ref', 'kind', 'topic', 'observedOn', 'description'] as const

/** By property, as `entryFeature` names them. A point is no property. */
const ownTags: ReadonlyMap<string, string> = new Map([
  ...metaColumns.map(({ name, tag }) => [name, tag] as const),
  ...kinds.flatMap((kind) => entryColumns(kind, mostOutputs)).flatMap(({ field, tag }) => (field === 'lat' || field === 'lon' ? [] : [[field, tag] as const])),
])

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

function cellText(value: unknown): string | number | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((item: unknown) => (typeof item === 'string' || typeof item === 'number' ? String(item) : nestedText(item))).join('; ')
  return nestedText(value)
}

/** Lists within lists, deeper than can be written: more than a cell holds, and no table. */
function nestedText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    throw new TooManyCells()
  }
}

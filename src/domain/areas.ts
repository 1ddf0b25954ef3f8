import * as v from 'valibot'
import { alpha2Of, isCountry } from '#domain/codes/countries.ts'
import { plainText } from '#domain/plain-text.ts'

/** What phones can carry of a campaign's areas; a file that has more is refused or made coarser at the desk. */
export const maxAreas = 1500
export const maxAreasBytes = 400_000

/**
 * An outline as rings of one line: longitude and latitude in thousandths of a degree (about 100 m), the first point whole, each
 * further one as its difference. A point is inside when it is inside an odd number of rings, so that islands and holes need no names.
 */
const outlineSchema = v.pipe(v.array(v.pipe(v.array(v.pipe(v.number(), v.safeInteger())), v.minLength(6), v.check((ring) => ring.length % 2 === 0))), v.maxLength(200))
export type Outline = v.InferOutput<typeof outlineSchema>

const nameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(80), plainText)

/**
 * An area that a campaign offers: a region, or a district within one. Its code is the P-code of the common operational data
 * where there is one, else that of ISO 3166-2; nobody makes one up.
 */
export const areaSchema = v.pipe(
  v.looseObject({
    code: v.pipe(v.string(), v.regex(/^[A-Z]{2,3}[A-Z0-9-]{0,17}$/)),
    name: nameSchema,
    /** The same name in other languages, by language tag. */
    names: v.optional(v.record(v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)), nameSchema)),
    country: v.pipe(v.string(), v.check(isCountry)),
    /** The code of the region that a district belongs to; absent in a region. */
    within: v.optional(v.pipe(v.string(), v.maxLength(20))),
    outline: v.optional(outlineSchema),
  }),
  v.check(({ code, country }) => belongsTo(code, country), 'code-of-another-country'),
)
export type Area = v.InferOutput<typeof areaSchema>

/** A list of areas as a coordinator brings it: whole, or not at all. Each code once, and no district without its region. */
export const areaListSchema = v.pipe(
  v.array(areaSchema),
  v.maxLength(maxAreas),
  v.check((areas) => new Set(areas.map(({ code }) => code)).size === areas.length, 'code-twice'),
  v.check((areas) => {
    const regions = new Set(areas.filter(({ within }) => within === undefined).map(({ code }) => code))
    return areas.every(({ within }) => within === undefined || regions.has(within))
  }, 'district-without-region'),
  v.check((areas) => JSON.stringify(areas).length <= maxAreasBytes, 'too-large'),
)

/** The areas that came with a campaign, without those that do not fit: a list with one wrong line is still of use. None: the region is written by hand. */
export function areasOf(campaign: object): readonly Area[] {
  const listed: unknown = Reflect.get(campaign, 'areas')
  return Array.isArray(listed) ? listed.flatMap((area) => (v.is(areaSchema, area) ? [area] : [])) : []
}

export function regionsOf(areas: readonly Area[], country: unknown): readonly Area[] {
  return areas.filter((area) => area.country === country && area.within === undefined)
}

export function districtsOf(areas: readonly Area[], region: unknown): readonly Area[] {
  return areas.filter((area) => area.within !== undefined && area.within === region)
}

/** The name in this language where the list has one: a reader of Arabic looks for الجزيرة, not for Al Jazirah. */
export function areaName({ name, names }: Pick<Area, 'name' | 'names'>, language: string): string {
  return names?.[language] ?? names?.[language.split('-')[0] ?? language] ?? name
}

/** The areas whose outline holds the point, the region before the district; none where the list has no outlines there. */
export function areasAt(areas: readonly Area[], { lat, lon }: { readonly lat: number; readonly lon: number }): readonly Area[] {
  const found = areas.filter(({ outline }) => outline !== undefined && isInside(outline, lon * 1000, lat * 1000))
  return found.toSorted((a, b) => Number(a.within !== undefined) - Number(b.within !== undefined))
}

/** Codes of areas begin with that of their country, in two letters or three. */
export function belongsTo(code: string, country: string): boolean {
  const alpha2 = alpha2Of(country)
  return code.startsWith(country) || (alpha2 !== null && code.startsWith(alpha2))
}

/** The points of one ring, in thousandths of a degree. */
export function ringPoints(ring: readonly number[]): readonly (readonly [number, number])[] {
  const points: (readonly [number, number])[] = []
  let [x, y] = [0, 0]
  for (let index = 0; index + 1 < ring.length; index += 2) {
    x += ring[index] ?? 0
    y += ring[index + 1] ?? 0
    points.push([x, y])
  }
  return points
}

/** A ray to the east: every edge that it crosses changes inside and outside. */
function isInside(outline: Outline, x: number, y: number): boolean {
  let inside = false
  for (const ring of outline) {
    const points = ringPoints(ring)
    let [beforeX, beforeY] = points.at(-1) ?? [0, 0]
    for (const [atX, atY] of points) {
      if (atY > y !== beforeY > y && x < ((beforeX - atX) * (y - atY)) / (beforeY - atY) + atX) inside = !inside
      ;[beforeX, beforeY] = [atX, atY]
    }
  }
  return inside
}

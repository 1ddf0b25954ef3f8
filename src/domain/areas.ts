import * as v from 'valibot'
import { alpha2Of, isCountry } from '#domain/codes/countries.ts'

/**
 * An area that a campaign offers: a region, or a district within one. Its code is the P-code of the common operational data
 * where there is one, else that of ISO 3166-2; nobody makes one up.
 */
const areaSchema = v.pipe(
  v.looseObject({
    code: v.pipe(v.string(), v.regex(/^[A-Z]{2,3}[A-Z0-9-]{0,17}$/)),
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
    country: v.pipe(v.string(), v.check(isCountry)),
    /** The code of the region that a district belongs to; absent in a region. */
    within: v.optional(v.string()),
  }),
  v.check(({ code, country }) => belongsTo(code, country), 'code-of-another-country'),
)
export type Area = v.InferOutput<typeof areaSchema>

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

/** Codes of areas begin with that of their country, in two letters or three. */
export function belongsTo(code: string, country: string): boolean {
  const alpha2 = alpha2Of(country)
  return code.startsWith(country) || (alpha2 !== null && code.startsWith(alpha2))
}

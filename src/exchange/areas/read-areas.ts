import * as v from 'valibot'
import { areaSchema, belongsTo, maxAreas } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { areaFacts } from '#exchange/areas/area-facts.ts'
import type { AreaFacts } from '#exchange/areas/area-facts.ts'
import { readBoundaryFile } from '#exchange/areas/boundary-file.ts'
import type { BoundaryProblem, ReadShape } from '#exchange/areas/boundary-file.ts'
import { coarsened } from '#exchange/areas/outlines.ts'
import type { Ring } from '#exchange/areas/outlines.ts'

export { maxBoundaryBytes } from '#exchange/areas/boundary-file.ts'
export type { BoundaryProblem } from '#exchange/areas/boundary-file.ts'

/** Why a shape did not become an area; each has its sentence on the desk. */
export const areaRefusals = ['not-a-polygon', 'not-degrees', 'is-country', 'too-fine', 'code-missing', 'code-malformed', 'country-unknown', 'code-of-another-country', 'name-missing', 'code-twice', 'region-missing', 'too-many'] as const
export type AreaRefusal = (typeof areaRefusals)[number]

export interface AreaReading {
  /** Regions first, each followed by nothing of another: sorted by code. */
  readonly areas: readonly Area[]
  /** `shape` counts from 1, in the order of the file. */
  readonly refused: readonly { readonly shape: number; readonly name: string; readonly code: string; readonly reason: AreaRefusal }[]
  /** Languages that names came in. */
  readonly languages: readonly string[]
}

/** The regions and districts of a file of boundaries, coarse enough for phones, and every shape that is none with its reason. */
export function readAreas(text: string): Result<AreaReading, BoundaryProblem> {
  const file = readBoundaryFile(text)
  if (!file.ok) return fail(file.problem)
  const taking = new Taking()
  file.value.forEach((shape, index) => taking.take(shape, index + 1))
  return ok(taking.result())
}

interface Found {
  readonly area: Area
  readonly shape: number
  readonly rings: readonly Ring[]
}

/** Collects what fits; a district brings its region along when the file has no shape of it. */
class Taking {
  readonly #regions = new Map<string, Found>()
  readonly #districts = new Map<string, Found>()
  readonly #named = new Map<string, Area>()
  readonly #refused: AreaReading['refused'][number][] = []

  take(shape: ReadShape, number: number): void {
    const facts = areaFacts(shape.properties)
    const refuse = (reason: AreaRefusal): void => void this.#refused.push({ shape: number, name: facts.name, code: facts.code, reason })
    if ('problem' in shape) return refuse(shape.problem)
    const reason = refusalOf(facts)
    if (reason !== null) return refuse(reason)
    const { region } = facts
    const area = areaOf(facts, region === null ? null : region.code)
    if (area === null) return refuse('code-malformed')
    const home = region === null ? this.#regions : this.#districts
    if (home.has(area.code)) return refuse('code-twice')
    if (region !== null && !this.#knows(region, area.country)) return refuse('region-missing')
    if (this.#regions.size + this.#districts.size >= maxAreas) return refuse('too-many')
    home.set(area.code, { area, shape: number, rings: shape.rings })
  }

  result(): AreaReading {
    const missing = [...this.#named].filter(([code]) => !this.#regions.has(code)).map(([, area]) => ({ area, rings: [] as readonly Ring[] }))
    const found = [...this.#regions.values(), ...missing, ...this.#districts.values()].toSorted((a, b) => compare(a.area, b.area))
    const outlines = coarsened(found.map(({ rings }) => rings))
    const areas = found.map(({ area }, index) => (outlines[index]?.length ? { ...area, outline: outlines[index] } : area))
    return { areas, refused: this.#refused, languages: [...new Set(areas.flatMap(({ names }) => Object.keys(names ?? {})))].toSorted() }
  }

  #knows(region: NonNullable<AreaFacts['region']>, country: string): boolean {
    const area = areaOf({ ...region, country }, null)
    if (area === null) return false
    if (!this.#named.has(area.code)) this.#named.set(area.code, area)
    return true
  }
}

function refusalOf({ level, code, name, country }: AreaFacts): AreaRefusal | null {
  if (level === 0) return 'is-country'
  if (level !== null && level > 2) return 'too-fine'
  if (code === '') return 'code-missing'
  if (country === '') return /^[A-Z]/.test(code) ? 'country-unknown' : 'code-malformed'
  if (!belongsTo(code, country)) return /^[A-Z]{2}/.test(code) ? 'code-of-another-country' : 'code-malformed'
  return name === '' ? 'name-missing' : null
}

function areaOf({ code, name, names, country }: Pick<AreaFacts, 'code' | 'name' | 'names' | 'country'>, within: string | null): Area | null {
  const area = { code, name, ...(Object.keys(names).length === 0 ? {} : { names }), country, ...(within === null ? {} : { within }) }
  const parsed = v.safeParse(areaSchema, area)
  return parsed.success ? parsed.output : null
}

/** Regions before districts, each by its code. */
function compare(a: Area, b: Area): number {
  return Number(a.within !== undefined) - Number(b.within !== undefined) || (a.code < b.code ? -1 : 1)
}

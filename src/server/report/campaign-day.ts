import { alpha2Of } from '#domain/codes/countries.ts'

/** From the first to the last of the days that it is at one moment where a campaign takes place: near midnight they are not one. */
export interface DaysThere {
  readonly first: string
  readonly last: string
}

/** Of the campaign's countries; where none is named, or one has no zone that is known, of this machine, which may be a laptop there. */
export function daysThere(at: number | string, countries: readonly string[]): DaysThere {
  const zones = countries.flatMap(zonesOf)
  const days = (zones.length === 0 ? [undefined] : zones).map((zone) => dayIn(zone, at)).toSorted()
  const [first = ''] = days
  return { first, last: days.at(-1) ?? first }
}

/** The one day that stands for them all: UTC's where it is one of them, else the one next to it. */
export function campaignDay(at: number | string, countries: readonly string[]): string {
  const { first, last } = daysThere(at, countries)
  const day = new Date(at).toISOString().slice(0, 10)
  if (day < first) return first
  return day > last ? last : day
}

function zonesOf(country: string): readonly string[] {
  const known = zones.get(country) ?? asked(country)
  zones.set(country, known)
  return known
}

/** The language's own list; the compiler's does not have it yet. */
function asked(country: string): readonly string[] {
  const locale = new Intl.Locale(`und-${alpha2Of(country) ?? 'ZZ'}`)
  const get: unknown = Reflect.get(locale, 'getTimeZones')
  const found: unknown = typeof get === 'function' ? Reflect.apply(get, locale, []) : []
  return Array.isArray(found) ? found.map(String) : []
}

function dayIn(zone: string | undefined, at: number | string): string {
  const format = formats.get(zone ?? '') ?? new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone })
  formats.set(zone ?? '', format)
  const parts = new Map(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value] as const))
  return (['year', 'month', 'day'] as const).map((part) => parts.get(part) ?? '').join('-')
}

/** Each page of a published report asks for its day. */
const zones = new Map<string, readonly string[]>()
const formats = new Map<string, Intl.DateTimeFormat>()

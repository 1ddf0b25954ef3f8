import { alpha2Of } from '#domain/codes/countries.ts'
import { hereInUtc } from '#domain/day-here.ts'
import type { Locale } from '#i18n/locale.ts'

/** Numbers, dates and names as a language writes them; days are `YYYY-MM-DD`, instants RFC 3339. */
export interface Format {
  readonly number: (value: number) => string
  readonly percent: (share: number) => string
  readonly bytes: (count: number) => string
  readonly day: (day: string) => string
  readonly month: (day: string) => string
  readonly moment: (instant: string) => string
  readonly time: (instant: string) => string
  /** "2 hours ago", seen from `nowMs`. */
  readonly ago: (instant: string, nowMs: number) => string
  readonly list: (items: readonly string[]) => string
  /** Parts of one thing in a row, with the comma of the language and no “and”: a place from small to large. */
  readonly commas: (parts: readonly string[]) => string
  /** The name of an alpha-3 country, or the code itself. */
  readonly country: (alpha3: string) => string
  readonly language: (tag: string) => string
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3600], ['minute', 60]]
/** Intl has no list without a word between the last two. */
const commas: Readonly<Partial<Record<Locale, string>>> = { ar: '، ', zh: '，' }
const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/**
 * `timeZone` undefined: the device's own. A calendar day is a day wherever it is read, so it is formatted in UTC. Intl's formatters are made
 * when they are first asked: all of them at once were an eighth of what a cheap phone does before its first screen stands.
 */
export function createFormat(locale: Locale, timeZone?: string): Format {
  const tag = tagOf(locale)
  const zone = { timeZone: timeZone ?? 'UTC' }
  const number = once(() => new Intl.NumberFormat(tag))
  const day = once(() => new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }))
  const month = once(() => new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'long', timeZone: 'UTC' }))
  const moment = once(() => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', ...zone }))
  const time = once(() => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', ...zone }))
  const relative = once(() => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }))
  const list = once(() => new Intl.ListFormat(tag, { type: 'conjunction' }))
  const regions = once(() => new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }))
  const languages = once(() => new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' }))
  return {
    number: (value) => number().format(value),
    percent: (share) => new Intl.NumberFormat(tag, { style: 'percent' }).format(share),
    bytes: (count) => bytesWords(locale, count),
    day: (text) => firstInFrench(locale, day().format(new Date(`${text}T00:00:00Z`))),
    month: (text) => month().format(new Date(`${text.slice(0, 7)}-01T00:00:00Z`)),
    moment: (text) => firstInFrench(locale, moment().format(timeZone === undefined ? hereInUtc(text) : new Date(text))),
    time: (text) => time().format(timeZone === undefined ? hereInUtc(text) : new Date(text)),
    ago: (text, nowMs) => agoWords(relative(), Date.parse(text) - nowMs),
    list: (items) => list().format([...items]),
    commas: (parts) => parts.join(commas[locale] ?? ', '),
    country: (alpha3) => nameOf(regions, alpha2Of(alpha3) ?? undefined) ?? alpha3,
    language: (tag) => nameOf(languages, tag) ?? tag,
  }
}

/** What Intl is asked for: our English is written as in “organisation”, so its days are “30 November”, its hours “14:05”, and its lists “a, b and c”. */
export function tagOf(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale
}

/** The first day of a month is an ordinal in French, and the others are not; Intl writes `1 mars`. */
export function firstInFrench(locale: string, day: string): string {
  return locale.startsWith('fr') ? day.replaceAll(/(?<!\d)1(?=[ \u00a0]\p{L}|–\d)/gu, '1er') : day
}

/** What is made when it is first asked for, and kept. */
export function once<Made extends object>(make: () => Made): () => Made {
  let made: Made | null = null
  return () => (made ??= make())
}

function bytesWords(locale: Locale, count: number): string {
  const step = Math.min(byteUnits.length - 1, count < 1000 ? 0 : Math.floor(Math.log10(count) / 3))
  return new Intl.NumberFormat(locale, { style: 'unit', unit: byteUnits[step] ?? 'byte', unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits: step > 1 ? 1 : 0 }).format(count / 1000 ** step)
}

function agoWords(relative: Intl.RelativeTimeFormat, differenceMs: number): string {
  const seconds = differenceMs / 1000
  const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const)
  return relative.format(unit === 'second' ? 0 : Math.round(seconds / length), unit)
}

/** Undefined for what Intl does not know or refuses: people write odd language tags. */
function nameOf(names: () => Intl.DisplayNames, code: string | undefined): string | undefined {
  try {
    return code === undefined ? undefined : names().of(code)
  } catch {
    return undefined
  }
}

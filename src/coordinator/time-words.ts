import { hereInUtc } from '#domain/day-here.ts'
import { firstInFrench, tagOf } from '#i18n/format.ts'

/** Times and spans as the desk says them, in the reader's language. Pure: the moment that counts as now is passed in. */
export interface TimeWords {
  readonly day: (day: string) => string
  readonly instant: (instant: string) => string
  readonly clock: (ms: number) => string
  /** How long ago, as short as a column is wide: "4h", "2d". */
  readonly age: (instant: string, nowMs: number) => string
  /** A span in whole words: "three days" is written as "3 days". */
  readonly span: (ms: number) => string
  readonly ago: (instant: string, nowMs: number) => string
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

type Unit = 'minute' | 'hour' | 'day'

export function createTimeWords(locale: string): TimeWords {
  const days = new Intl.DateTimeFormat(tagOf(locale), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  const instants = new Intl.DateTimeFormat(tagOf(locale), { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
  const clocks = new Intl.DateTimeFormat(tagOf(locale), { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const unitFormat = (unit: Unit, unitDisplay: 'narrow' | 'long') => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay })
  return {
    day: (day) => (Number.isNaN(Date.parse(day)) ? day : firstInFrench(locale, days.format(new Date(`${day.slice(0, 10)}T00:00:00Z`)))),
    instant: (instant) => firstInFrench(locale, instants.format(hereInUtc(instant))),
    clock: (ms) => clocks.format(hereInUtc(ms)),
    age: (instant, nowMs) => {
      const { unit, count } = wholeUnits(nowMs - Date.parse(instant))
      // Arabic shortens a day to a single letter, which nobody reads as one.
      return unitFormat(unit, locale.startsWith('ar') ? 'long' : 'narrow').format(count)
    },
    span: (ms) => {
      const { unit, count } = wholeUnits(ms)
      return unitFormat(unit, 'long').format(count)
    },
    ago: (instant, nowMs) => {
      const { unit, count } = wholeUnits(nowMs - Date.parse(instant))
      return relative.format(-count, unit)
    },
  }
}

/** The largest unit of which at least one is full; never less than no minutes, since clocks differ. */
function wholeUnits(ms: number): { readonly unit: Unit; readonly count: number } {
  if (ms >= dayMs) return { unit: 'day', count: Math.floor(ms / dayMs) }
  if (ms >= hourMs) return { unit: 'hour', count: Math.floor(ms / hourMs) }
  return { unit: 'minute', count: Math.max(0, Math.floor(ms / minuteMs)) }
}

/** A phone counts as having been without connection when an entry took longer than this from its record to the server. */
export const offlineFromMs = hourMs
/** A phone that still holds something and has been silent for this long is pointed out. */
export const silentFromMs = 2 * dayMs

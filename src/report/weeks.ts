const dayMs = 86_400_000

/** The Monday of a day; a calendar day has no zone. */
export function weekOf(day: string): string {
  const monday = mondays.get(day) ?? mondayOf(day)
  mondays.set(day, monday)
  return monday
}

/** Years have few days, and entries are many. */
const mondays = new Map<string, string>()

function mondayOf(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`)
  const sinceMonday = (new Date(time).getUTCDay() + 6) % 7
  return new Date(time - sinceMonday * dayMs).toISOString().slice(0, 10)
}

export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

export interface Period {
  readonly from: string
  readonly to: string
}

/** A day of the first or the last week as the report covers it: what lies before or behind the period was never looked at. */
export function withinPeriod(day: string, { from, to }: Period): string {
  if (day < from) return from
  return day > to ? to : day
}

/** The first and the last one count. */
export function dayCount({ from, to }: Period): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs) + 1
}

/** Every Monday of a period, those without a report as well. */
export function weeksOf({ from, to }: Period): readonly string[] {
  const [first, last] = [weekOf(from), weekOf(to)].map((monday) => Date.parse(`${monday}T00:00:00Z`))
  const weeks = Math.max(0, Math.round(((last ?? 0) - (first ?? 0)) / (7 * dayMs)))
  return Array.from({ length: weeks + 1 }, (_, week) => daysAfter(weekOf(from), week * 7))
}

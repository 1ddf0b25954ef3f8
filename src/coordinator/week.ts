/** `YYYY-MM-DD`, so many days later; a calendar day has no zone. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The Monday of a week as an address names it, or null for what is none. */
export function weekIn(query: URLSearchParams): string | null {
  const written = query.get('week') ?? ''
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(written) && !Number.isNaN(Date.parse(`${written}T00:00:00Z`))
  return isDay ? written : null
}

/** The days of a week, both included, as the server is asked for them. */
export function daysOfWeek(week: string | null | undefined): { readonly from?: string; readonly to?: string } {
  return week === null || week === undefined ? {} : { from: week, to: dayAfter(week, 6) }
}

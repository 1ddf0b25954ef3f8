/** A day as a person says it: today, Sunday, 2 April. Days are `YYYY-MM-DD`; the day that counts as today is passed in. */
export function sayDay(locale: string, day: string, today: string): string {
  const age = daysBetween(day, today)
  if (age === 0 || age === 1) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-age, 'day')
  if (age > 1 && age < 7) return dayFormat(locale, { weekday: 'long' }, day)
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  return dayFormat(locale, { day: 'numeric', month: 'long', ...year }, day)
}

export function dayWithWeekday(locale: string, day: string): string {
  return dayFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, day)
}

/** The names of the twelve months, January first. */
export function monthNames(locale: string): readonly string[] {
  return Array.from({ length: 12 }, (_, month) => dayFormat(locale, { month: 'long' }, `2020-${String(month + 1).padStart(2, '0')}-01`))
}

function daysBetween(day: string, today: string): number {
  return Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000)
}

function dayFormat(locale: string, options: Intl.DateTimeFormatOptions, day: string): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}

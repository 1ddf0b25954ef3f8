import { firstInFrench, once, tagOf } from '#i18n/format.ts'

/** Days as a person says them. Days are `YYYY-MM-DD`. */
export interface DayWords {
  /** Today, Sunday, 2 April; the day that counts as today is passed in. */
  readonly say: (day: string, today: string) => string
  readonly withWeekday: (day: string) => string
  /** The names of the twelve months, January first. */
  readonly months: () => readonly string[]
}

/** Each formatter is made once: a list of entries asks for each line, and making one takes longer than using it a hundred times. */
export function createDayWords(locale: string): DayWords {
  const dayFormat = (options: Intl.DateTimeFormatOptions): ((day: string) => string) => {
    const format = once(() => new Intl.DateTimeFormat(tagOf(locale), { ...options, timeZone: 'UTC' }))
    return (day) => firstInFrench(locale, format().format(new Date(`${day}T00:00:00Z`)))
  }
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
  const weekday = dayFormat({ weekday: 'long' })
  const thisYear = dayFormat({ day: 'numeric', month: 'long' })
  const anyYear = dayFormat({ day: 'numeric', month: 'long', year: 'numeric' })
  const month = dayFormat({ month: 'long' })
  return {
    say: (day, today) => {
      const age = daysBetween(day, today)
      if (age === 0 || age === 1) return relative().format(-age, 'day')
      if (age > 1 && age < 7) return weekday(day)
      return (day.slice(0, 4) === today.slice(0, 4) ? thisYear : anyYear)(day)
    },
    withWeekday: dayFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    months: () => Array.from({ length: 12 }, (_, index) => month(`2020-${String(index + 1).padStart(2, '0')}-01`)),
  }
}

function daysBetween(day: string, today: string): number {
  return Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000)
}

import { daysAfter, withinPeriod } from '#report/weeks.ts'
import type { Period } from '#report/weeks.ts'

/** Half a year: a table with a column for each week is read no longer, and with years of them a phone lays it out for seconds. */
export const mostWeekColumns = 26

/** Weeks in a row in which nothing was heard; both days are within it. */
export interface SilentSpan {
  readonly from: string
  readonly to: string
}

/** `weeks` are Mondays without a gap; a span ends with the Sunday of its last week, and none tells of a day outside the period. */
export function silentSpans({ weeks, silent, period }: { readonly weeks: readonly string[]; readonly silent: readonly boolean[]; readonly period: Period }): readonly SilentSpan[] {
  return weeks.flatMap((week, index): readonly SilentSpan[] => {
    if (silent[index] !== true || silent[index - 1] === true) return []
    const heard = silent.indexOf(false, index)
    const last = weeks[(heard === -1 ? weeks.length : heard) - 1] ?? week
    return [{ from: withinPeriod(week, period), to: withinPeriod(daysAfter(last, 6), period) }]
  })
}

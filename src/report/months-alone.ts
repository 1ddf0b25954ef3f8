import type { CountedEntry } from '#report/counted-entry.ts'
import { daysAfter } from '#report/weeks.ts'

/** Where a report stands of which nobody knows more than the month: in no week. */
export const inNoWeek = ''

/** The weeks in which any of these may lie of which the month alone is known, or may be told. A week in which nothing else was heard is not silent, nor is it said that one was heard. */
export function blurredWeeks(weeks: readonly string[], entries: readonly CountedEntry[]): ReadonlySet<string> {
  const months = new Set(entries.flatMap(({ week, standing, content }) => (week === null || standing === 'counted' ? [content.observedOn.slice(0, 7)] : [])))
  return new Set(months.size === 0 ? [] : weeks.filter((week) => months.has(week.slice(0, 7)) || months.has(daysAfter(week, 6).slice(0, 7))))
}

/**
 * Numbers by week without the empty ones beside which a number that is not shown would be the only one of its month: of what may tell its month alone, it
 * would tell the week. `here`: what is counted, by week.
 */
export function blurred(weeks: readonly string[], shown: readonly (number | null)[], here: (week: string) => readonly CountedEntry[]): readonly (number | null)[] {
  const closed = weeks.flatMap((week, at) => (shown[at] === null ? here(week).filter(({ standing }) => standing === 'counted') : []))
  const hidden = blurredWeeks(weeks, closed)
  return shown.map((count, at) => (count === 0 && hidden.has(weeks[at] ?? '') ? null : count))
}

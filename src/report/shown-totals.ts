import { isSmall, shownLine } from '#domain/small-cells.ts'
import type { Counted, CountedEntry } from '#report/counted-entry.ts'
import { blurred, inNoWeek } from '#report/months-alone.ts'
import type { ReportAreas } from '#report/report-areas.ts'
import type { ReportInput } from '#report/report-input.ts'
import { groupsOf } from '#report/tally.ts'
import type { Groups } from '#report/tally.ts'
import { weeksOf } from '#report/weeks.ts'

/** One way of parting the reports of a kind, and which of its totals are shown: the same wherever the report shows them. */
export interface ShownParts {
  readonly groups: Groups
  readonly shown: ReadonlyMap<string, number | null>
}

export interface ShownTotals {
  readonly challenges: Readonly<Record<'topic' | 'area' | 'week', ShownParts>>
  readonly actions: Readonly<Record<'topic' | 'area' | 'week', ShownParts>>
}

/**
 * Totals are settled before any table, so that no table shows what a list holds back. Weeks are counted over all topics and areas: a week
 * is finer than what a sensitive entry may say of itself, and in a sum of five or more it says nothing. What is known by its month alone is one more part.
 */
export function shownTotals({ counted, areas, period }: { readonly counted: Counted; readonly areas: ReportAreas; readonly period: ReportInput['period'] }): ShownTotals {
  const partsOf = (entries: readonly CountedEntry[]) => ({
    topic: parts(entries, ({ content }) => content.topic, []),
    area: parts(entries, areas.keyOf, areas.all.map(({ key }) => key)),
    week: withoutTelltales(parts(entries, ({ week }) => week ?? inNoWeek, weeksOf(period)), weeksOf(period)),
  })
  return { challenges: partsOf(counted.challenges), actions: partsOf(counted.actions) }
}

function withoutTelltales({ groups, shown }: ShownParts, weeks: readonly string[]): ShownParts {
  const counts = blurred(weeks, weeks.map((week) => shown.get(week) ?? null), (week) => groups.get(week) ?? [])
  return { groups, shown: new Map([...shown, ...weeks.map((week, at) => [week, counts[at] ?? null] as const)]) }
}

/** Keys that nobody reported stand with none. */
function parts(entries: readonly CountedEntry[], of: (entry: CountedEntry) => string, keys: readonly string[]): ShownParts {
  const groups = groupsOf(entries, of)
  const all = [...new Set([...keys, ...[...groups.keys()].toSorted()])]
  const shown = shownLine(all.map((key) => groups.get(key)?.length ?? 0), isSmall(entries.length) ? null : entries.length)
  return { groups, shown: new Map(all.map((key, index) => [key, shown[index] ?? null] as const)) }
}

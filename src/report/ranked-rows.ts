import type { Ranked } from '#report/tree.ts'

/** A ranking as it is laid out: what has a number that is shown, and what is only named. What nobody reported is in neither. */
export function rankedRows(rows: readonly Ranked[]): { readonly shown: readonly Ranked[]; readonly hidden: readonly Ranked[]; readonly largest: number } {
  const shown = rows.filter(({ reports }) => reports.count !== null && reports.count > 0)
  return { shown, hidden: rows.filter(({ reports }) => reports.count === null), largest: shown.reduce((most, { reports }) => Math.max(most, reports.count ?? 0), 0) }
}

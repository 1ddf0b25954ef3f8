import { shownLine, shownTable } from '#domain/small-cells.ts'
import type { LabelList } from '#i18n/labels.ts'
import type { CountedEntry } from '#report/counted-entry.ts'
import type { Figures } from '#report/figures.ts'
import type { ShownParts } from '#report/shown-totals.ts'
import type { CrossTable, Figure, Ranked } from '#report/tree.ts'

export type Groups = ReadonlyMap<string, readonly CountedEntry[]>

/** By one value each, or by several: a report may name more than one need. */
export function groupsOf(entries: readonly CountedEntry[], of: (entry: CountedEntry) => readonly string[] | string | null | undefined): Groups {
  const groups = new Map<string, CountedEntry[]>()
  for (const entry of entries) {
    const found = of(entry)
    if (typeof found === 'string') add(groups, found, entry)
    else for (const key of new Set(found)) add(groups, key, entry)
  }
  return groups
}

function add(groups: Map<string, CountedEntry[]>, key: string, entry: CountedEntry): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [entry])
  else group.push(entry)
}

export interface RankedAbout {
  readonly id: string
  readonly list: LabelList
  readonly groups: Groups
  /** Whether their sum must not be known either, because one that is not shown follows from it. */
  readonly isSumHidden?: boolean
}

/**
 * What was reported most, each with its authors beside it: many reports of one author are not many voices. A list in which a report may
 * stand more than once is held to its sum as well, because mostly it stands there once.
 */
export function ranked(figures: Figures, { id, list, groups, isSumHidden = false }: RankedAbout): readonly Ranked[] {
  const all = [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const counts = all.map(([, entries]) => entries.length)
  const shown = isSumHidden ? shownLine(counts, null) : shownLine(counts)
  return inOrder(all.map(([code, entries], index) => rankedRow(figures, { id, list, code, entries, shown: shown[index] ?? null })))
}

interface RowAbout {
  readonly id: string
  readonly list: LabelList
  readonly code: string
  readonly entries: readonly CountedEntry[]
  readonly shown: number | null
}

function rankedRow(figures: Figures, { id, list, code, entries, shown }: RowAbout): Ranked {
  const reports = figures.reports(`${id}/${code}`, entries, shown)
  return { list, code, reports, authors: quiet(figures.different(`${id}/${code}/authors`, entries, ({ author }) => author), reports) }
}

/** What is not shown stands behind what is, by its code: its place in the row would tell of its size. */
function inOrder(rows: readonly Ranked[]): readonly Ranked[] {
  return rows.toSorted((one, other) => (other.reports.count ?? 0) - (one.reports.count ?? 0))
}

/** How many authors stand behind a number that is not shown is not shown either. */
function quiet(figure: Figure, beside: Figure): Figure {
  return beside.count === null ? { ...figure, count: null, sample: [] } : figure
}

export interface CrossAbout {
  readonly id: string
  readonly rows: readonly CrossLine[]
  readonly columns: readonly CrossLine[]
  /** The reports of one row and one column. */
  readonly entriesOf: (row: string, column: string) => readonly CountedEntry[]
  /** Whether a report may stand in several columns: a row is then held to the sum of its cells. */
  readonly isSeveral?: boolean
}

export interface CrossLine {
  readonly key: string
  /** Its total as readers see it; null: not shown. Undefined: such totals stand nowhere. */
  readonly total?: number | null
}

/** Counts by two things, no small one of which can be worked out from the totals that stand elsewhere in the report. */
export function crossed(figures: Figures, { id, rows, columns, entriesOf, isSeveral = false }: CrossAbout): CrossTable {
  const found = rows.map((row) => columns.map((column) => entriesOf(row.key, column.key)))
  const counts = found.map((row) => row.map((entries) => entries.length))
  const rowTotals = rows.map(({ total = null }, r) => (isSeveral && total !== null ? (counts[r] ?? []).reduce((sum, count) => sum + count, 0) : total))
  const columnTotals = columns.some(({ total }) => total !== undefined) ? columns.map(({ total = null }) => total) : undefined
  const shown = shownTable({ cells: counts, rowTotals, columnTotals })
  return {
    rows: rows.map(({ key }) => key), columns: columns.map(({ key }) => key),
    cells: found.map((row, r) => row.map((entries, c) => ({ ...figures.reports(`${id}/${rows[r]?.key ?? ''}/${columns[c]?.key ?? ''}`, entries, shown[r]?.[c] ?? null), sample: [] }))),
  }
}

/** Reports by one thing, found again by another: `entriesOf` of a table. */
export function foundBy(groups: Groups, of: (entry: CountedEntry) => readonly string[] | string | null | undefined): (row: string, column: string) => readonly CountedEntry[] {
  const cells = new Map([...groups].map(([key, entries]) => [key, groupsOf(entries, of)] as const))
  return (row, column) => cells.get(row)?.get(column) ?? []
}

/** A list of what was parted before, with the totals that were settled then. */
export function rankedTotals(figures: Figures, { id, list, parts }: { readonly id: string; readonly list: LabelList; readonly parts: ShownParts }): readonly Ranked[] {
  const all = [...parts.groups].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return inOrder(all.map(([code, entries]) => rankedRow(figures, { id, list, code, entries, shown: parts.shown.get(code) ?? null })))
}

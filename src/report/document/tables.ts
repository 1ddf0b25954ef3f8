import type { FileChild } from 'docx'
import { heatStep } from '#chart/heat.ts'
import { columnSlices, sliceTitle } from '#report/column-slices.ts'
import { ink } from '#report/document/writing.ts'
import type { Writing } from '#report/document/writing.ts'
import { rankedRows } from '#report/ranked-rows.ts'
import { silentSpans } from '#report/silent-spans.ts'
import type { BesideMap } from '#report/report-drawings.ts'
import type { CoverageTable, CrossTable, Figure, Ranked, ReportKey } from '#report/tree.ts'

const fullBar = 20

/** A ranking whose bars are letters: they can be edited, copied and printed like everything else. */
export function ranking({ words, caption, note, say, cell, count, table }: Writing, head: ReportKey, rows: readonly Ranked[], color: string): readonly FileChild[] {
  const { shown, hidden, largest } = rankedRows(rows)
  if (shown.length + hidden.length === 0) return []
  const name = ({ list, code }: Ranked) => (list === 'topic' ? words.topic(code) : words.label(list, code))
  const lines = shown.map((row) => [cell(name(row), { width: 34 }), cell('█'.repeat(Math.max(1, Math.round(((row.reports.count ?? 0) / largest) * fullBar))), { color, width: 32 }), cell(count(row.reports), { bold: true, align: 'end', width: 18 }), cell(count(row.authors), { align: 'end', width: 16 })])
  const heads = [cell(''), cell(''), cell(say('report.column.reports'), { color: ink.quiet, align: 'end' }), cell(say('report.column.authors'), { color: ink.quiet, align: 'end' })]
  return [
    caption(say(head)), ...(shown.length === 0 ? [] : [table([heads, ...lines])]),
    ...(hidden.length === 0 ? [] : [note(say({ say: 'report.also', with: { names: { is: 'text', text: words.phrases(hidden.map(name)) } } }))]),
  ]
}

interface CrossAbout {
  readonly head: ReportKey
  readonly row: (key: string) => string
  readonly column: (key: string) => string
}

/** Two things against each other, darker where there is more, with the number in each cell. */
export function crossTable(writing: Writing, { rows, columns, cells }: CrossTable, { head, row, column }: CrossAbout): readonly FileChild[] {
  if (rows.length === 0 || columns.length === 0) return []
  const { words, caption, say, cell, table } = writing
  const largest = cells.flat().reduce((most, { count }) => Math.max(most, count ?? 0), 0)
  const slices = columnSlices(columns, mostColumns)
  return slices.flatMap((slice, part) => [caption(sliceTitle(say(head), { part, parts: slices.length, number: words.number })), table([
    [cell(say('report.column.topic'), { color: ink.quiet }), ...slice.map(({ column: key }) => cell(column(key), { color: ink.quiet, align: 'center', size: 16, margin: 10 }))],
    ...rows.map((key, r) => [cell(row(key), { width: 20 }), ...slice.flatMap(({ at }) => (cells[r]?.[at] === undefined ? [] : [heatCell(writing, cells[r][at], largest)]))]),
  ])])
}

/** Beside the topics an upright sheet has room for so many with their names. */
const mostColumns = 6

function heatCell({ cell, count }: Writing, figure: Figure, largest: number): ReturnType<Writing['cell']> {
  const step = figure.count === null ? 'none' : heatStep(figure.count, largest)
  const fill = figure.count === null ? ink.some : step === 'none' ? undefined : ink.heat[step - 1]
  return cell(count(figure), { align: 'center', ...(fill === undefined ? {} : { fill }), ...(typeof step === 'number' && step > 3 ? { color: 'FFFFFF' } : {}) })
}

/** For each area what nothing was heard about, in words: a wide table of hatched cells does not fit a sheet of paper. What is silent everywhere stands above. */
export function coverage({ words, caption, say, cell, table }: Writing, { columns, silent }: CoverageTable, { head, rows, column }: { readonly head: ReportKey; readonly rows: readonly string[]; readonly column: (key: string) => string }): readonly FileChild[] {
  const lines = rows.flatMap((name, r) => {
    const missing = columns.filter((_, c) => silent[r]?.[c] === true && !(rows.length > 1 && silent.every((row) => row[c] === true)))
    return missing.length === 0 ? [] : [[cell(name, { width: 25, bold: true }), cell(words.phrases(missing.map(column)), { width: 75 })]]
  })
  return lines.length === 0 ? [] : [caption(say(head)), table(lines, { hasHead: false })]
}

/** For each area how many were silent, and from when to when. */
export function silentWeeks({ words, caption, say, cell, table, period }: Writing, { columns, silent }: CoverageTable, rows: readonly string[]): readonly FileChild[] {
  const lines = rows.flatMap((name, r) => {
    const here = silent[r] ?? []
    const weeks = here.filter(Boolean).length
    return weeks === 0 ? [] : [[cell(name, { width: 20, bold: true }), cell(words.number(weeks), { width: 17, align: 'end' }), cell(words.list(silentSpans({ weeks: columns, silent: here, period }).map(({ from, to }) => words.days(from, to))), { width: 63 })]]
  })
  const heads = [cell(say('report.column.area'), { color: ink.quiet }), cell(say({ say: 'report.column.silentWeeks', with: { all: { is: 'number', number: columns.length } } }), { color: ink.quiet, align: 'end', size: 16 }), cell(say('report.column.silentSpans'), { color: ink.quiet })]
  return lines.length === 0 ? [] : [caption(say('report.head.silentWeeks')), table([heads, ...lines])]
}

/** What the map does not tell: in one sentence, or row by row. */
export function besideMap({ words, caption, say, cell, count, table, paragraph }: Writing, { text, rows, title }: BesideMap): readonly FileChild[] {
  const heads = [cell(say('report.column.area'), { color: ink.quiet }), ...(['report.tile.challenges', 'report.tile.actions'] as const).map((key) => cell(say(key), { color: ink.quiet, align: 'end' }))]
  const lines = rows.map(({ area, challenges, actions, silent }) => [cell(words.area(area), { width: 60 }), cell(silent ? say('report.step.silent') : count(challenges, 'challenges'), { align: 'end', width: 20 }), cell(silent ? '' : count(actions, 'actions'), { align: 'end', width: 20 })])
  return [...(text === null ? [] : [paragraph(text)]), ...(lines.length === 0 ? [] : [caption(say(title)), table([heads, ...lines])])]
}

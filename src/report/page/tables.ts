import { Fragment } from 'react'
import { heatStep } from '#chart/heat.ts'
import type { Paint } from '#chart/drawing.ts'
import { heardStrip } from '#chart/heard-strip.ts'
import { rankedBar } from '#chart/ranked-bar.ts'
import { columnSlices, mostPageColumns, sliceTitle } from '#report/column-slices.ts'
import { quietSvg } from '#report/page/drawing-svg.ts'
import { cellCount } from '#report/page/figures.ts'
import { h } from '#report/page/ground.ts'
import type { PageGround, Part } from '#report/page/ground.ts'
import { rankedRows } from '#report/ranked-rows.ts'
import { silentSpans } from '#report/silent-spans.ts'
import type { CoverageTable, CrossTable, Figure, Ranked, ReportKey } from '#report/tree.ts'
import { withinPeriod } from '#report/weeks.ts'

/** A wide table scrolls in its own frame, which a keyboard reaches; the page does not. */
export function framed(label: string, table: Part): Part {
  return h('div', { className: 'frame', tabIndex: 0, role: 'region', 'aria-label': label }, table)
}

/** A ranking: name, bar, reports, and never without the authors beside them. What is not shown is named below, in no order that tells something. */
export function ranking(ground: PageGround, head: ReportKey, rows: readonly Ranked[], paint: Paint): Part {
  const { words, direction } = ground
  const { shown, hidden, largest } = rankedRows(rows)
  if (shown.length + hidden.length === 0) return null
  const name = ({ list, code }: Ranked) => (list === 'topic' ? words.topic(code) : words.label(list, code))
  const also = hidden.length === 0 ? null : h('p', { className: 'note' }, words.say({ say: 'report.also', with: { names: { is: 'text', text: words.phrases(hidden.map(name)) } } }))
  if (shown.length === 0) return h('div', { className: 'ranked' }, h('h3', { className: 'caption' }, words.say({ say: head })), also)
  return h('div', { className: 'ranked' }, h('table', { className: 'ranking' },
    h('caption', null, words.say({ say: head })),
    h('thead', null, h('tr', null, h('td', { colSpan: 2 }), h('th', { scope: 'col' }, words.say({ say: 'report.column.reports' })), h('th', { scope: 'col' }, words.say({ say: 'report.column.authors' })))),
    h('tbody', null, ...shown.map((row) => h('tr', null,
      h('th', { scope: 'row' }, name(row)),
      h('td', { className: 'bar' }, quietSvg(rankedBar(row.reports.count ?? 0, { largest, paint, direction }))),
      h('td', { className: 'n' }, h('b', null, cellCount(ground, row.reports))), h('td', { className: 'n' }, cellCount(ground, row.authors)))))), also)
}

interface CrossAbout {
  readonly head: ReportKey
  readonly corner: ReportKey
  readonly row: (key: string) => string
  readonly column: (key: string) => string
}

/** Two things against each other, darker where there is more; the number always stands in the cell. */
export function crossTable(ground: PageGround, { rows, columns, cells }: CrossTable, { head, corner, row, column }: CrossAbout): Part {
  if (rows.length === 0 || columns.length === 0) return null
  const title = ground.words.say({ say: head })
  const largest = cells.flat().reduce((most, { count }) => Math.max(most, count ?? 0), 0)
  return inSlices(ground, { title, columns, className: 'cross' }, (slice) => [
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, ground.words.say({ say: corner })), ...slice.map(({ column: key }) => h('th', { scope: 'col' }, column(key))))),
    h('tbody', null, ...rows.map((key, r) => h('tr', null, h('th', { scope: 'row' }, row(key)), ...slice.flatMap(({ at }) => (cells[r]?.[at] === undefined ? [] : [heatCell(ground, cells[r][at], largest)]))))),
  ])
}

/** A table in parts that fit a sheet of paper, one below the other, each in a frame of its own. */
export function inSlices<Column>({ words }: PageGround, { title, columns, className }: { readonly title: string; readonly columns: readonly Column[]; readonly className: string }, bodyOf: (slice: readonly { readonly column: Column; readonly at: number }[]) => readonly Part[]): Part {
  const slices = columnSlices(columns, mostPageColumns)
  return h(Fragment, null, ...slices.map((slice, part) => {
    const name = sliceTitle(title, { part, parts: slices.length, number: words.number })
    return framed(name, h('table', { className }, h('caption', null, name), ...bodyOf(slice)))
  }))
}

function heatCell(ground: PageGround, figure: Figure, largest: number): Part {
  const step = figure.count === null ? 'some' : heatStep(figure.count, largest)
  return h('td', { className: `n heat-${step}` }, cellCount(ground, figure))
}

/** Where nothing was heard: hatched. A blank cell says nothing: what was heard is another table's, and what is held back is nobody's. */
export function coverage(ground: PageGround, { columns, silent }: CoverageTable, { head, corner, rows, column }: { readonly head: ReportKey; readonly corner: ReportKey; readonly rows: readonly string[]; readonly column: (key: string) => string }): Part {
  if (rows.length === 0 || columns.length === 0 || !silent.flat().includes(true)) return null
  const { words } = ground
  // Some thousand hidden words, each a box of its own, were half of what a phone lays out: cells may have a name instead (WAI-ARIA 1.2, 5.2.8.4).
  const [title, nothing] = [words.say({ say: head }), words.say({ say: 'report.step.silent' })]
  return framed(title, h('table', { className: 'coverage' },
    h('caption', null, title),
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, words.say({ say: corner })), ...columns.map((key) => h('th', { scope: 'col' }, h('span', null, column(key)))))),
    h('tbody', null, ...rows.map((name, r) => h('tr', null, h('th', { scope: 'row' }, name), ...(silent[r] ?? []).map((isSilent) => isSilent ? h('td', { className: 'silent', 'aria-label': nothing }) : h('td', null)))))))
}

/** Many weeks: a strip for each area instead of a cell for each week, with their number, and the same in words for those who do not see it. */
export function silentWeeks({ words, direction, period }: PageGround, { columns, silent }: CoverageTable, rows: readonly string[]): Part {
  if (!silent.flat().includes(true)) return null
  const [first = '', last = ''] = [columns[0], columns.at(-1)].map((week = '') => withinPeriod(week, period))
  const marks = columns.flatMap((week, index) => (index > 0 && week.slice(0, 4) !== columns[index - 1]?.slice(0, 4) ? [index] : []))
  const title = words.say({ say: 'report.head.silentWeeks' })
  return h('table', { className: 'strips' },
    h('caption', null, title, ' ', h('span', { className: 'note' }, h('i', { className: 'mark silent' }), words.say({ say: 'report.step.silent' }))),
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, words.say({ say: 'report.column.area' })),
      h('th', { scope: 'col', className: 'ends' }, h('span', null, words.month(first)), h('span', null, words.month(last))),
      h('th', { scope: 'col' }, words.say({ say: 'report.column.silentWeeks', with: { all: { is: 'number', number: columns.length } } })))),
    h('tbody', null, ...rows.map((name, r) => {
      const here = silent[r] ?? []
      const text = words.list(silentSpans({ weeks: columns, silent: here, period }).map(({ from, to }) => words.days(from, to)))
      return h('tr', null, h('th', { scope: 'row' }, name),
        h('td', { className: 'strip' }, quietSvg(heardStrip(here, { title, text, direction, marks })), h('span', { className: 'hidden' }, text)),
        h('td', { className: 'n' }, words.number(here.filter(Boolean).length)))
    })))
}

import { smallBars } from '#chart/small-bars.ts'
import { evidenceColumns } from '#report/evidence-rows.ts'
import { drawingInWords, drawingSvg } from '#report/page/drawing-svg.ts'
import { refLink } from '#report/page/figures.ts'
import { h } from '#report/page/ground.ts'
import type { PageGround, Part } from '#report/page/ground.ts'
import { lateSection, section } from '#report/page/opening.ts'
import { coverage, framed, ranking, silentWeeks } from '#report/page/tables.ts'
import { mostWeekColumns } from '#report/silent-spans.ts'
import { inNoWeekLine, weeksDrawing, weeksInWords } from '#report/report-drawings.ts'
import type { AnnexBlock, AnnexRow, EvolutionBlock, MethodBlock, ReportKey, RumoursBlock, SilenceBlock } from '#report/tree.ts'
import { withinPeriod } from '#report/weeks.ts'

export function evolution(ground: PageGround, block: EvolutionBlock): Part {
  const { words, direction, period } = ground
  const { weeks, topics, trends, changes } = block
  const largest = topics.cells.flat().reduce((most, { count }) => Math.max(most, count ?? 0), 0)
  return section('evolution', words.say({ say: 'report.block.evolution' }),
    h('figure', { className: 'weeks' }, h('figcaption', null, words.say({ say: 'report.head.weeks' })), drawingInWords(weeksDrawing(ground, block), 'weeks-drawing')),
    h('div', { className: 'multiples' }, ...topics.rows.map((topic, r) => {
      const cells = topics.cells[r] ?? []
      // A line of marks alone shows nothing that the ranking does not.
      if (!cells.some(({ count }) => (count ?? 0) > 0)) return null
      const text = weeksInWords(words, weeks.map((week, c) => ({ label: words.commas([words.day(withinPeriod(week, period)), ...(cells[c] === undefined ? [] : [words.value({ is: 'figure', figure: cells[c], unit: 'challenges' })])]), challenges: cells[c]?.count ?? null, actions: 0 })))
      return h('figure', null, h('figcaption', null, words.topic(topic)), drawingSvg(smallBars(cells.map(({ count }) => count), { title: words.topic(topic), text, largest, paint: 'challenge', direction }), `topic-${r}`))
    })),
    h('p', { className: 'note' }, words.sentences([{ say: 'report.note.weeks' } as const, ...inNoWeekLine(block)].map(words.say))),
    ranking(ground, 'report.head.trends', trends, 'challenge'),
    changes.length === 0 ? null : h('div', null, h('h3', null, words.say({ say: 'report.head.changes' })), h('ul', null, ...changes.map((change) => h('li', null, words.say(change))))))
}

export function rumours(ground: PageGround, { note, total, topics }: RumoursBlock): Part {
  if (total.count === 0) return null
  const { words } = ground
  return section('rumours', words.say({ say: 'report.block.rumours' }), h('p', null, words.say(note)), h('p', null, h('b', null, words.value({ is: 'figure', figure: total, unit: 'reports' }))), ranking(ground, 'report.head.rumourTopics', topics, 'challenge'))
}

export function method(ground: PageGround, { lines, sources, languages }: MethodBlock): Part {
  const { words } = ground
  return section('method', words.say({ say: 'report.block.method' }),
    h('dl', { className: 'lines' }, ...lines.map(({ label, text }) => h('div', null, h('dt', null, words.say(label)), h('dd', null, words.sentences(text.map(words.say)))))),
    h('div', { className: 'pair' }, ranking(ground, 'report.head.sources', sources, 'axis'),
      languages.length === 0 ? null : h('table', { className: 'ranking' }, h('caption', null, words.say({ say: 'report.head.languages' })),
        h('tbody', null, ...languages.map(({ lang, reports }) => h('tr', null, h('th', { scope: 'row' }, words.language(lang)), h('td', { className: 'n' }, words.value({ is: 'figure', figure: reports, unit: 'reports' }))))))))
}

export function silence(ground: PageGround, { lines, coverage: covered }: SilenceBlock): Part {
  const { words, period } = ground
  const rows = covered.areas.map(words.area)
  const head = (say: ReportKey) => ({ head: say, corner: 'report.column.area' as const, rows })
  return lateSection({ id: 'silence', title: words.say({ say: 'report.block.silence' }), rows: rows.length * 3 + lines.length + 6 },
    h('ul', { className: 'silences' }, ...lines.map((line) => h('li', null, words.say(line)))),
    coverage(ground, covered.byTopic, { ...head('report.head.silentTopics'), column: words.topic }),
    coverage(ground, covered.byGroup, { ...head('report.head.silentGroups'), column: words.group }),
    covered.byWeek.columns.length > mostWeekColumns ? silentWeeks(ground, covered.byWeek, rows) : coverage(ground, covered.byWeek, { ...head('report.head.silentWeeks'), column: (week) => words.day(withinPeriod(week, period)) }))
}

export function annex(ground: PageGround, { note, rows }: AnnexBlock): Part {
  const { words } = ground
  const title = words.say({ say: 'report.block.annex' })
  return lateSection({ id: 'evidence', title, rows: rows.length }, h('p', null, words.say(note)),
    rows.length === 0 ? null : framed(words.say(note), h('table', { className: 'annex' },
      h('thead', null, h('tr', null, ...evidenceColumns.map((say) => h('th', { scope: 'col' }, words.say({ say }))))), h('tbody', null, ...rows.map((row) => evidence(ground, row))))))
}

function evidence({ words }: PageGround, { ref, kind, month, area, topic, severity, source, grade, hash }: AnnexRow): Part {
  return h('tr', { id: ref },
    h('th', { scope: 'row' }, refLink(ref)), h('td', null, words.label('kind', kind)), h('td', null, words.month(month)), h('td', null, words.area(area)), h('td', null, words.topic(topic)),
    h('td', null, severity === null ? '–' : words.number(severity)), h('td', null, words.label('sourceType', source)), h('td', null, grade ?? '–'),
    // Enough of it to tell one from another; the whole one is in the JSON export.
    h('td', null, hash === null ? '–' : h('bdi', { dir: 'ltr', className: 'hash', title: hash }, hash.slice(0, 10))))
}


import { gapBar, gapSteps } from '#chart/gap-bar.ts'
import { quietSvg } from '#report/page/drawing-svg.ts'
import { columnSlices, mostPageColumns } from '#report/column-slices.ts'
import { basis, cellCount } from '#report/page/figures.ts'
import { finding, priorities, quotation } from '#report/page/findings.ts'
import { h } from '#report/page/ground.ts'
import type { PageGround, Part } from '#report/page/ground.ts'
import { lateSection } from '#report/page/opening.ts'
import { crossTable, inSlices, ranking } from '#report/page/tables.ts'
import type { ChallengesBlock, ConsequencesBlock, GapCell, MobilizationBlock, Said } from '#report/tree.ts'

/** One of the three questions, in the reader's order; `rows` is about how many of tables and sentences it has. */
function question({ words }: PageGround, { number, said, rows }: { readonly number: number; readonly said: Said; readonly rows: number }, ...parts: readonly Part[]): Part {
  return lateSection({ id: `question-${number}`, title: words.say(said), rows, above: h('p', { className: 'eyebrow' }, words.say({ say: 'report.page.question', with: { number: { is: 'number', number } } })) }, ...parts)
}

/** Of what a ranking has, about a third stands in the line below it. */
const rowsIn = (...lists: readonly (readonly unknown[])[]) => Math.ceil(lists.reduce((sum, { length }) => sum + length, 0) * 0.67)

/** Its rows stand in each part of a table. */
const inParts = (columns: readonly unknown[], rows: readonly unknown[]) => columnSlices(columns, mostPageColumns).map(() => rows)

export function challenges(ground: PageGround, block: ChallengesBlock): Part {
  const { words } = ground
  const told = block.themes.filter(({ findings, quotations }) => findings.length + quotations.length > 0)
  return question(ground, { number: 1, said: block.question, rows: rowsIn(block.topics, block.severity.rows, ...inParts(block.groups.columns, block.groups.rows), block.needs, block.causes) + 6 * rowsIn(block.findings, told) },
    block.topics.length > 0 ? null : h('p', null, words.say({ say: 'report.nothing.1' })),
    ranking(ground, 'report.head.topics', block.topics, 'challenge'),
    crossTable(ground, block.severity, { head: 'report.head.severity', corner: 'report.column.topic', row: words.topic, column: (level) => `${level} ${words.label('severity', level)}` }),
    crossTable(ground, block.groups, { head: 'report.head.groups', corner: 'report.column.topic', row: words.topic, column: words.group }),
    block.topics.length === 0 ? null : h('p', { className: 'note' }, words.say({ say: 'report.note.cells' })),
    h('div', { className: 'pair' }, ranking(ground, 'report.head.needs', block.needs, 'challenge'), ranking(ground, 'report.head.causes', block.causes, 'challenge')),
    ...block.findings.map((one) => finding(ground, one)),
    ...told.map(({ topic, findings, quotations }) => h('section', { className: 'theme' }, h('h3', null, words.topic(topic)),
      ...findings.map((one) => finding(ground, one)),
      quotations.length === 0 ? null : h('div', { className: 'quotes' }, ...quotations.map((one) => quotation(ground, one))))))
}

export function mobilization(ground: PageGround, block: MobilizationBlock): Part {
  // A row of the gaps is taller than others: under a number its bar, and of what it is.
  const gapRows = inParts(block.gaps.areas, block.gaps.topics).flat().length
  return question(ground, { number: 2, said: block.question, rows: gapRows + rowsIn(block.types, block.organisationTypes, block.topics, block.novelty, block.status, block.resources, block.works, block.responseSeen) + 6 * rowsIn(block.findings) },
    block.topics.length > 0 ? null : h('p', null, ground.words.say({ say: 'report.nothing.2' })),
    ranking(ground, 'report.head.actionTypes', block.types, 'action'),
    h('div', { className: 'pair' }, ranking(ground, 'report.head.organisationTypes', block.organisationTypes, 'action'), ranking(ground, 'report.head.actionTopics', block.topics, 'action'),
      ranking(ground, 'report.head.novelty', block.novelty, 'action'), ranking(ground, 'report.head.status', block.status, 'action'),
      ranking(ground, 'report.head.resources', block.resources, 'action'), ranking(ground, 'report.head.works', block.works, 'action')),
    gaps(ground, block.gaps),
    ranking(ground, 'report.head.responseSeen', block.responseSeen, 'challenge'),
    ...block.findings.map((one) => finding(ground, one)))
}

/** Challenges by topic and area, and how far actions answer them. Areas from which no challenge may be shown have no column. */
function gaps(ground: PageGround, { topics, areas, cells }: MobilizationBlock['gaps']): Part {
  const { words } = ground
  const columns = areas.flatMap((area, c) => (cells.some((row) => (row[c]?.total.count ?? 0) > 0) ? [{ name: words.area(area), c }] : []))
  if (columns.length === 0) return null
  const title = words.say({ say: 'report.head.gaps' })
  return h('div', null,
    inSlices(ground, { title, columns, className: 'cross gaps' }, (slice) => [
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, words.say({ say: 'report.column.topic' })), ...slice.map(({ column: { name } }) => h('th', { scope: 'col' }, name)))),
      h('tbody', null, ...topics.map((topic, r) => h('tr', null, h('th', { scope: 'row' }, words.topic(topic)), ...slice.map(({ column: { c } }) => gapCell(ground, cells[r]?.[c]))))),
    ]),
    h('ul', { className: 'legend' }, ...(['none', 'little', 'partly', 'mostly'] as const).map((step) => h('li', null, h('i', { className: `mark gap-${step}` }), words.say({ say: `report.step.${step}` })))))
}

function gapCell(ground: PageGround, cell: GapCell | undefined): Part {
  const { words, direction } = ground
  if (cell === undefined || cell.total.count === 0) return h('td', { className: 'n heat-none' }, h('span', { className: 'none' }, '–'))
  if (cell.total.count === null) return h('td', { className: 'n heat-some' }, cellCount(ground, cell.total))
  const counts = Object.fromEntries(cell.steps.map(({ step, reports }) => [step, reports.count])) as Record<'none' | 'little' | 'partly' | 'mostly', number | null>
  const steps = (['none', 'little', 'partly', 'mostly'] as const).flatMap((step) => (counts[step] === 0 ? [] : [`${words.say({ say: `report.step.${step}` })}: ${counts[step] === null ? words.say({ say: 'report.some' }) : words.number(counts[step])}`]))
  // A bar shows shares, so it is drawn only where every part of it may be told.
  const isWhole = Object.values(counts).every((count) => count !== null)
  return h('td', { className: 'n' }, h('b', null, words.number(cell.total.count)), h('span', { className: 'hidden' }, `. ${words.commas(steps)}`),
    isWhole ? quietSvg(gapBar(counts as Record<'none' | 'little' | 'partly' | 'mostly', number>, { title: '', text: '', direction })) : null,
    // In the order of the bar and of its legend: on paper nobody hears the numbers, and shares alone are none.
    h('small', { 'aria-hidden': true }, gapSteps.map((step) => (counts[step] === null ? words.say({ say: 'report.some' }) : counts[step] === 0 ? '–' : words.number(counts[step]))).join('\u00a0· ')))
}

export function consequences(ground: PageGround, block: ConsequencesBlock): Part {
  const { words } = ground
  return question(ground, { number: 3, said: block.question, rows: rowsIn(block.consequences) + 6 * rowsIn(block.findings, block.priorities) },
    block.consequences.length > 0 ? null : h('p', null, words.say({ say: 'report.nothing.3' })),
    ranking(ground, 'report.head.consequences', block.consequences, 'challenge'),
    block.lessons.count === 0 ? null : h('p', { className: 'note' }, words.say({ say: 'report.lessons', with: { reports: { is: 'figure', figure: block.lessons, unit: 'reports' } } }), ' ', basis(ground, block.lessons)),
    ...block.findings.map((one) => finding(ground, one)), priorities(ground, block.priorities))
}


import { drawingInWords } from '#report/page/drawing-svg.ts'
import { basis, cellCount } from '#report/page/figures.ts'
import { h } from '#report/page/ground.ts'
import type { PageGround, Part } from '#report/page/ground.ts'
import { framed } from '#report/page/tables.ts'
import { coverFacts } from '#report/cover-facts.ts'
import { hasSome, mapDrawing, mapNotes, unnamedAreas, unplacedAreas } from '#report/report-drawings.ts'
import type { BesideMap } from '#report/report-drawings.ts'
import type { CoverBlock, HighlightsBlock, KeyFiguresBlock, MapBlock, StandingBlock, Unit, Value } from '#report/tree.ts'
import { questions } from '#report/tree.ts'

export function cover(ground: PageGround, block: CoverBlock, draft: boolean): Part {
  const { words } = ground
  return h('header', { className: 'cover' },
    h('p', { className: 'maker' }, h('b', null, h('bdi', null, 'Terrain'))),
    h('h1', null, h('bdi', null, block.campaign)),
    draft ? h('p', { className: 'draft' }, words.say({ say: 'report.page.draft' })) : null,
    h('dl', null, ...coverFacts(words, block).map(([label, text]) => h('div', null, h('dt', null, words.say({ say: label })), h('dd', null, text)))),
    block.challenges.count === 0 && block.actions.count === 0 ? h('p', { className: 'standing' }, words.say({ say: 'report.page.empty' })) : null)
}

export function standing({ words }: PageGround, { text }: StandingBlock): Part {
  return h('p', { className: 'standing' }, words.say(text))
}

/** A long part, laid out when one comes near it; about so many `rows` tell how much room it will need. `above` stands over its heading. */
export function lateSection({ id, title, rows, above }: { readonly id: string; readonly title: string; readonly rows: number; readonly above?: Part }, ...parts: readonly Part[]): Part {
  return h('section', { 'aria-labelledby': id, className: 'late', 'data-rows': rows }, above, h('h2', { id }, title), ...parts)
}

/** A part of the report under its own heading. */
export function section(id: string, title: string, ...parts: readonly Part[]): Part {
  return h('section', { 'aria-labelledby': id }, h('h2', { id }, title), ...parts)
}

/** What was reported most under each of the three questions, which lead to where they are gone into; of issues of before, one sentence after the other. */
export function highlights(ground: PageGround, { sentences, beside }: HighlightsBlock): Part {
  const { words } = ground
  const sentence = ({ text, figure }: HighlightsBlock['sentences'][number]) => h('p', null, words.say(text), ' ', basis(ground, figure))
  if (sentences.length + (beside ?? []).length === 0) return null
  if (beside === undefined) return section('highlights', words.say({ say: 'report.block.highlights' }), h('ol', { className: 'highlights' }, ...sentences.map((one) => h('li', null, sentence(one)))))
  return section('highlights', words.say({ say: 'report.block.highlights' }),
    h('ol', { className: 'highlights' }, ...questions.map((number) => h('li', { className: `of-${number}` }, h('div', null,
      h('h3', null, h('a', { href: `#question-${number}` }, words.say({ say: `report.question.${number}` }))),
      ...sentences.filter(({ question }) => question === number).map(sentence),
      ...beside.filter(({ question }) => question === number).map(({ text }) => h('p', { className: 'beside' }, words.say(text))))))))
}

export function keyFigures(ground: PageGround, { tiles }: KeyFiguresBlock): Part {
  const { words } = ground
  return section('figures', words.say({ say: 'report.block.keyFigures' }),
    h('dl', { className: 'tiles' }, ...tiles.map(({ value, label, limit, rests }) => h('div', null,
      h('dt', null, words.say(label)),
      h('dd', { className: 'amount' }, amountOf(ground, value)), h('dd', { className: 'limit' }, words.sentences([limit, ...(rests === undefined ? [] : [rests])].map(words.say))), value.is === 'figure' ? h('dd', null, basis(ground, value.figure, countsEntries.has(value.unit))) : null))))
}

const countsEntries: ReadonlySet<Unit> = new Set(['reports', 'challenges', 'actions'])

/** The bare number: its unit stands under it as the label. */
function amountOf({ words }: PageGround, value: Value): string {
  if (value.is !== 'figure') return words.value(value)
  return value.figure.count === null ? words.some(value.unit) : words.number(value.figure.count)
}

/** The map with what its signs mean; the same in words for those who do not see it. */
export function whereFrom(ground: PageGround, block: MapBlock): Part {
  const { words } = ground
  if (block.areas.length === 0) return null
  const { placed, isAll, ...unplaced } = unplacedAreas(ground, block)
  if (isAll) return section('map', words.say({ say: 'report.block.map' }), h('p', null, words.say(block.disclaimer)), ...besideMap(ground, unplaced))
  const drawing = mapDrawing(ground, block)
  return section('map', words.say({ say: 'report.block.map' }),
    h('figure', { className: 'map' }, h('div', null, drawingInWords(drawing, 'map-drawing', placed)),
      h('figcaption', null, h('ul', { className: 'legend' },
        h('li', null, h('i', { className: 'mark challenge' }), words.say({ say: 'report.tile.challenges' })), h('li', null, h('i', { className: 'mark action' }), words.say({ say: 'report.tile.actions' })),
        ...(hasSome(block) ? [h('li', null, h('i', { className: 'mark some' }), words.say({ say: 'report.some' }))] : []),
        h('li', null, h('i', { className: 'mark silent' }), words.say({ say: 'report.step.silent' }))),
        ...mapNotes(block).map((note) => h('p', null, words.say(note))), h('p', null, words.say(block.disclaimer)))),
    // Where the page is narrow, everything on the map stands below it in words.
    h('div', { className: 'unnamed' }, ...besideMap(ground, unnamedAreas(ground, block, drawing))), ...besideMap(ground, unplaced))
}

/** What the map does not tell those who see it: in one sentence, or row by row. */
function besideMap(ground: PageGround, { text, rows, title: key }: BesideMap): readonly Part[] {
  return [text === null ? null : h('p', null, text), rows.length === 0 ? null : besideTable(ground, rows, key)]
}

function besideTable(ground: PageGround, rows: MapBlock['areas'], key: BesideMap['title']): Part {
  const { words } = ground
  const title = words.say({ say: key })
  return framed(title, h('table', { className: 'unplaced' }, h('caption', null, title),
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, words.say({ say: 'report.column.area' })), ...(['report.tile.challenges', 'report.tile.actions'] as const).map((key) => h('th', { scope: 'col', className: 'n' }, words.say({ say: key }))))),
    h('tbody', null, ...rows.map(({ area, challenges, actions, silent }) => h('tr', null, h('th', { scope: 'row' }, words.area(area)),
      ...(silent ? [h('td', { className: 'n', colSpan: 2 }, words.say({ say: 'report.step.silent' }))] : ([[challenges, 'challenges'], [actions, 'actions']] as const).map(([figure, unit]) => h('td', { className: 'n' }, cellCount(ground, figure, unit)))))))))
}

import { symbolMap } from '#chart/symbol-map.ts'
import type { MapArea } from '#chart/symbol-map.ts'
import { middleOfCountry } from '#chart/country-outlines.ts'
import { areaOutline } from '#chart/area-outline.ts'
import { drawingSvg } from '#report/page/drawing-svg.ts'
import { basis } from '#report/page/figures.ts'
import { h } from '#report/page/ground.ts'
import type { PageGround, Part } from '#report/page/ground.ts'
import type { AreaName, CoverBlock, HighlightsBlock, KeyFiguresBlock, MapBlock, ReportKey, StandingBlock, Unit, Value } from '#report/tree.ts'

export function cover({ words }: PageGround, { campaign, period, asOf, issue, next, challenges, actions, languages }: CoverBlock, draft: boolean): Part {
  const day = (date: string): Value => ({ is: 'day', day: date })
  const facts: readonly (readonly [ReportKey, string])[] = [
    ['report.page.period', words.say({ say: 'report.page.periodDays', with: { from: day(period.from), to: day(period.to) } })],
    ['report.page.asOf', words.say({ say: 'report.page.issue', with: { day: day(asOf), issue: { is: 'number', number: issue } } })],
    ['report.page.entries', words.list([words.value({ is: 'figure', figure: challenges, unit: 'challenges' }), words.value({ is: 'figure', figure: actions, unit: 'actions' })])],
    ...(languages.length === 0 ? [] : [['report.page.languages', words.list(languages.map(words.language))] as const]),
    ...(next === null ? [] : [['report.page.next', words.say({ say: 'report.page.nextDay', with: { day: day(next) } })] as const]),
  ]
  return h('header', { className: 'cover' },
    h('p', { className: 'maker' }, h('b', null, h('bdi', null, 'Terrain'))),
    h('h1', null, h('bdi', null, campaign)),
    draft ? h('p', { className: 'draft' }, words.say({ say: 'report.page.draft' })) : null,
    h('dl', null, ...facts.map(([label, text]) => h('div', null, h('dt', null, words.say({ say: label })), h('dd', null, text)))),
    challenges.count === 0 && actions.count === 0 ? h('p', { className: 'standing' }, words.say({ say: 'report.page.empty' })) : null)
}

export function standing({ words }: PageGround, { text }: StandingBlock): Part {
  return h('p', { className: 'standing' }, words.say(text))
}

/** A part of the report under its own heading. */
export function section(id: string, title: string, ...parts: readonly Part[]): Part {
  return h('section', { 'aria-labelledby': id }, h('h2', { id }, title), ...parts)
}

export function highlights(ground: PageGround, { sentences }: HighlightsBlock): Part {
  if (sentences.length === 0) return null
  return section('highlights', ground.words.say({ say: 'report.block.highlights' }),
    h('ol', { className: 'highlights' }, ...sentences.map(({ text, figure }) => h('li', null, h('p', null, ground.words.say(text), ' ', basis(ground, figure))))))
}

export function keyFigures(ground: PageGround, { tiles }: KeyFiguresBlock): Part {
  const { words } = ground
  return section('figures', words.say({ say: 'report.block.keyFigures' }),
    h('dl', { className: 'tiles' }, ...tiles.map(({ value, label, limit }) => h('div', null,
      h('dt', null, words.say(label)),
      h('dd', { className: 'amount' }, amountOf(ground, value)), h('dd', { className: 'limit' }, words.say(limit)), value.is === 'figure' ? h('dd', null, basis(ground, value.figure, countsEntries.has(value.unit))) : null))))
}

const countsEntries: ReadonlySet<Unit> = new Set(['reports', 'challenges', 'actions'])

/** The bare number: its unit stands under it as the label. */
function amountOf({ words }: PageGround, value: Value): string {
  if (value.is !== 'figure') return words.value(value)
  return value.figure.count === null ? words.say({ say: 'report.some' }) : words.number(value.figure.count)
}

/** Symbols on outlines of areas, or of whole countries; what cannot be placed stands in the words and the table beside. */
export function whereFrom(ground: PageGround, { areas, disclaimer }: MapBlock): Part {
  const { words } = ground
  if (areas.length === 0) return null
  const title = words.say({ say: 'report.block.map' })
  const lines = areas.map((one) => ({ ...one, name: words.area(one.area), challenges: one.challenges, actions: one.actions }))
  const label = ({ name, challenges, actions, silent }: (typeof lines)[number]) => words.commas([name, ...(silent ? [words.say({ say: 'report.step.silent' })] : [words.value({ is: 'figure', figure: challenges, unit: 'challenges' }), words.value({ is: 'figure', figure: actions, unit: 'actions' })])])
  const drawn = lines.map((line): MapArea => ({
    id: line.name, name: line.name, label: label(line), value: [line.challenges, line.actions].map(({ count }) => (count === null ? words.say({ say: 'report.some' }) : words.number(count))).join(' · '),
    challenges: line.challenges.count ?? 0, actions: line.actions.count ?? 0, ...placeOf(ground, line.area),
  }))
  const drawing = symbolMap(drawn, { title, text: drawn.map((one) => one.label).join('; '), countries: ground.countries, outlines: ground.outlines, chosen: new Set() })
  return section('map', title,
    h('figure', { className: 'map' }, drawingSvg(drawing, 'map-drawing'),
      h('figcaption', null, h('ul', { className: 'legend' },
        h('li', null, h('i', { className: 'mark challenge' }), words.say({ say: 'report.tile.challenges' })), h('li', null, h('i', { className: 'mark action' }), words.say({ say: 'report.tile.actions' })),
        h('li', null, h('i', { className: 'mark silent' }), words.say({ say: 'report.step.silent' }))),
        h('p', null, words.say(disclaimer)))))
}

function placeOf({ areas, outlines }: PageGround, { country, code, name }: AreaName): Pick<MapArea, 'outline' | 'point'> {
  const outline = areas.find((one) => code !== null && one.code === code)?.outline
  if (outline !== undefined) return { outline: areaOutline(outline), point: null }
  // A region without an outline has no place of its own, and that of its country would be a lie.
  return { outline: null, point: code === null && name === null ? middleOfCountry(country, outlines) : null }
}

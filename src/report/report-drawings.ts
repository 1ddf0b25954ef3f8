import { areaOutline } from '#chart/area-outline.ts'
import { middleOfCountry } from '#chart/country-outlines.ts'
import type { CountryOutline } from '#chart/country-outlines.ts'
import type { Drawing } from '#chart/drawing.ts'
import { symbolMap } from '#chart/symbol-map.ts'
import type { MapArea } from '#chart/symbol-map.ts'
import { weekBars } from '#chart/week-bars.ts'
import type { Area } from '#domain/areas.ts'
import type { Direction } from '#i18n/direction.ts'
import type { ReportWords } from '#report/say-report.ts'
import type { AreaName, EvolutionBlock, Figure, MapBlock, ReportTree, Said } from '#report/tree.ts'
import { withinPeriod } from '#report/weeks.ts'
import type { Period } from '#report/weeks.ts'

/** What a report is laid out with, on whatever it is laid out. */
export interface LayoutGround {
  readonly words: ReportWords
  readonly direction: Direction
  readonly countries: readonly string[]
  readonly areas: readonly Area[]
  readonly outlines: readonly CountryOutline[]
}

/** The days that a report speaks of; its first and its last week may be longer. */
export function periodOf({ blocks: [first] }: ReportTree): Period {
  return first?.block === 'cover' ? first.period : { from: '0001-01-01', to: '9999-12-31' }
}

/** Behind an Arabic word a number would go to its left. */
const sidesKept = '\u200e · \u200e'

/** Symbols on outlines of areas, or of whole countries; what cannot be placed stands in the words. */
export function mapDrawing(ground: LayoutGround, { areas }: MapBlock): Drawing {
  const { words } = ground
  const drawn = areas.map((one): MapArea => {
    const { area, challenges, actions } = one
    const name = words.area(area)
    return {
      id: name, name: area.code === null && area.name === null ? words.country(area.country) : name, label: areaLabel(words, one), value: ([[challenges, 'challenges'], [actions, 'actions']] as const).map(([{ count }, unit]) => (count === null ? words.some(unit) : words.number(count))).join(ground.direction === 'rtl' ? sidesKept : ' · '),
      challenges: challenges.count ?? 0, actions: actions.count ?? 0, isSome: { challenges: challenges.count === null, actions: actions.count === null }, isSilent: one.silent, ...placeOf(ground, area),
    }
  })
  return symbolMap(drawn, { title: words.say({ say: 'report.block.map' }), text: words.phrases(drawn.map(({ label }) => label)), countries: ground.countries, outlines: ground.outlines, chosen: new Set() })
}

/** In one sentence; more of them are a table, or nobody finds theirs. */
const mostInSentence = 8

/** Areas that a reader does not find on the map, or finds without a name: in one sentence, or as the rows of a table of that title. */
export interface BesideMap {
  readonly text: string | null
  /** What `text` does not name, since there is too much of it. */
  readonly rows: MapBlock['areas']
  readonly title: 'report.map.unplacedMany' | 'report.map.unnamedMany'
}

export interface Unplaced extends BesideMap {
  readonly placed: string
  readonly isAll: boolean
}

/** What has no place on the map, in words for those who see it, and what has; `isAll`: then there is nothing to draw, and empty land would say that nobody reports. */
export function unplacedAreas(ground: LayoutGround, { areas }: MapBlock): Unplaced {
  const unplaced = areas.filter(({ area }) => {
    const { outline, point } = placeOf(ground, area)
    return outline === null && point === null
  })
  return { ...besideMap(ground, unplaced, 'unplaced'), placed: labels(ground, areas.filter((one) => !unplaced.includes(one))), isAll: unplaced.length === areas.length }
}

/** What has a symbol on the map and no name, because there was no room for it: whoever sees the map would have nothing of its numbers. */
export function unnamedAreas(ground: LayoutGround, { areas }: MapBlock, { unnamed = [] }: Drawing): BesideMap {
  const without = new Set(unnamed)
  return besideMap(ground, areas.filter(({ area }) => without.has(ground.words.area(area))), 'unnamed')
}

function besideMap(ground: LayoutGround, areas: MapBlock['areas'], what: 'unplaced' | 'unnamed'): BesideMap {
  const isShort = areas.length <= mostInSentence
  const text = areas.length === 0 || !isShort ? null : ground.words.say({ say: `report.map.${what}`, with: { areas: { is: 'text', text: labels(ground, areas) } } })
  return { text, rows: isShort ? [] : areas, title: `report.map.${what}Many` }
}

function labels({ words }: LayoutGround, areas: MapBlock['areas']): string {
  return words.phrases(areas.map((one) => areaLabel(words, one)))
}

/** What the map's numbers need said: under the name of a country stand only the reports without a region, where others of it stand by their region. */
export function mapNotes({ areas }: MapBlock): readonly Said[] {
  const isOwn = ({ area: { code, name } }: MapBlock['areas'][number]) => code === null && name === null
  const withRegions = new Set(areas.filter((one) => !isOwn(one) && !one.silent).map(({ area }) => area.country))
  return areas.some((one) => isOwn(one) && !one.silent && withRegions.has(one.area.country)) ? [{ say: 'report.map.ownCountry' }] : []
}

/** Whether a mark of its own stands for numbers that are not shown. */
export function hasSome({ areas }: MapBlock): boolean {
  return areas.some(({ challenges, actions }) => challenges.count === null || actions.count === null)
}

function areaLabel(words: ReportWords, { area, challenges, actions, silent }: MapBlock['areas'][number]): string {
  const counts = silent ? [words.say({ say: 'report.step.silent' })] : [words.value({ is: 'figure', figure: challenges, unit: 'challenges' }), words.value({ is: 'figure', figure: actions, unit: 'actions' })]
  return words.commas([words.area(area), ...counts])
}

function placeOf({ areas, outlines }: LayoutGround, { country, code, name }: AreaName): Pick<MapArea, 'outline' | 'point'> {
  const outline = areas.find((one) => code !== null && one.code === code)?.outline
  if (outline !== undefined) return { outline: areaOutline(outline), point: null }
  // A region without an outline has no place of its own, and that of its country would be a lie.
  return { outline: null, point: code === null && name === null ? middleOfCountry(country, outlines) : null }
}

/** How many reports stand in no week, which is said where the weeks are. */
export function inNoWeekLine({ undated }: EvolutionBlock): readonly Said[] {
  return undated === undefined ? [] : [{ say: 'report.method.inNoWeek', with: { reports: { is: 'figure', figure: undated, unit: 'reports' } } }]
}

export function weeksDrawing({ words, direction, period }: LayoutGround & { readonly period: Period }, { weeks, challenges, actions }: EvolutionBlock): Drawing {
  const told = (figure: Figure | undefined, unit: 'challenges' | 'actions') => (figure === undefined ? '' : words.value({ is: 'figure', figure, unit }))
  const days = weeks.map((week) => withinPeriod(week, period))
  const labelled = days.map((day, index) => ({
    id: day, axis: index === 0 || day.slice(0, 7) !== days[index - 1]?.slice(0, 7) ? words.month(day) : null,
    label: words.commas([words.day(day), told(challenges[index], 'challenges'), told(actions[index], 'actions')]),
    challenges: challenges[index]?.count ?? null, actions: actions[index]?.count ?? null,
  }))
  return weekBars(thinned(labelled), { title: words.say({ say: 'report.head.weeks' }), text: weeksInWords(words, labelled), direction, chosen: new Set(), number: words.number })
}

/** Weeks with their numbers; of those without a report only how many they are, since years have hundreds of them. */
export function weeksInWords(words: ReportWords, weeks: readonly { readonly label: string; readonly challenges: number | null; readonly actions: number | null }[]): string {
  const told = weeks.filter(({ challenges, actions }) => challenges !== 0 || actions !== 0)
  const silent = weeks.length - told.length
  const first = silent === 0 ? [] : [words.say({ say: 'report.silence.weeks', with: { weeks: { is: 'number', number: silent }, all: { is: 'number', number: weeks.length } } })]
  return words.sentences([...first, ...(told.length === 0 ? [] : [words.phrases(told.map(({ label }) => label))])])
}

/** Room for the names of months: none stands within a seventh of the width of the one before. */
function thinned<Week extends { readonly axis: string | null }>(weeks: readonly Week[]): readonly Week[] {
  const least = Math.max(2, weeks.length / 7)
  // The last days of a month that the period begins with are not worth its name.
  const keepsFirst = weeks.length <= 8 || !weeks.slice(1, 4).some(({ axis }) => axis !== null)
  let last = keepsFirst ? 0 : -Infinity
  return weeks.map((week, index) => {
    if (week.axis === null) return week
    if (index === 0) return keepsFirst ? week : { ...week, axis: null }
    // A name that begins near the end would be cut off.
    if (index - last < least || index > weeks.length * (7 / 8)) return { ...week, axis: null }
    last = index
    return week
  })
}

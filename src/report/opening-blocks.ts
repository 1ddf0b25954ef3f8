import { isSmall, shownLine } from '#domain/small-cells.ts'
import type { ReportGround } from '#report/report-ground.ts'
import type { AreaName, ChallengesBlock, ConsequencesBlock, CoverBlock, Figure, HighlightsBlock, KeyFiguresBlock, MapBlock, MobilizationBlock, Question, Ranked, StandingBlock, Unit, Value } from '#report/tree.ts'
import { questions } from '#report/tree.ts'
import type { CountedEntry } from '#report/counted-entry.ts'
import type { Figures } from '#report/figures.ts'
import { groupsOf } from '#report/tally.ts'

export function coverBlock(ground: ReportGround): CoverBlock {
  const { input, counted: { challenges, actions }, figures } = ground
  return {
    block: 'cover', campaign: input.campaign.name, period: input.period, asOf: input.asOf, issue: input.issue, next: input.next,
    challenges: figures.reports('challenges', challenges), actions: figures.reports('actions', actions),
    languages: languagesOf(ground).map(({ lang }) => lang),
  }
}

/** Where one kind has a small number, it follows from the sum of both: that is not shown then, nor anything that adds up to it. */
export function hasSmallKind({ counted: { challenges, actions } }: ReportGround): boolean {
  return isSmall(challenges.length) || isSmall(actions.length)
}

/** In which languages the reports are, the most common first. One in which few wrote is not named: it could name them. */
export function languagesOf(ground: ReportGround): readonly { readonly lang: string; readonly entries: readonly CountedEntry[]; readonly shown: number }[] {
  const all = [...groupsOf(ground.facts, ({ content }) => content.lang)].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const shown = shownLine(all.map(([, entries]) => entries.length), hasSmallKind(ground) ? null : ground.facts.length)
  const named = all.flatMap(([lang, entries], index) => (typeof shown[index] === 'number' ? [{ lang, entries, shown: shown[index] }] : []))
  return named.toSorted((one, other) => other.shown - one.shown)
}

/** It stands in every report, whatever else does. */
export function standingBlock(): StandingBlock {
  return { block: 'standing', text: { say: 'report.standing' } }
}

interface Composed {
  readonly challenges: ChallengesBlock
  readonly mobilization: MobilizationBlock
  readonly consequences: ConsequencesBlock
}

/**
 * What was reported most, by the question that it answers, as facts about reports; each sentence ends with its number and leads to its entries. Where nothing stands
 * out, or nothing was reported, that is said: no answer would look like none of the question.
 */
export function highlightsBlock(ground: ReportGround, { challenges, mobilization, consequences }: Composed): HighlightsBlock {
  const sentences = [
    topOf(challenges.topics, 'report.highlight.topic', ground), topOf(challenges.needs, 'report.highlight.need', ground),
    topOf(mobilization.types, 'report.highlight.action', ground), largestGap(mobilization), topOf(consequences.consequences, 'report.highlight.consequence', ground),
  ].flatMap((sentence) => (sentence === null ? [] : [sentence]))
  const reported: Readonly<Record<Question, readonly Ranked[]>> = { 1: challenges.topics, 2: mobilization.topics, 3: consequences.consequences }
  // Of a report of nothing at all the cover says so.
  const isEmpty = questions.every((question) => reported[question].length === 0)
  const unanswered = isEmpty ? [] : questions.filter((question) => !sentences.some((sentence) => sentence.question === question))
  return { block: 'highlights', sentences, beside: unanswered.map((question) => ({ question, text: { say: reported[question].length === 0 ? `report.nothing.${question}` : 'report.highlight.spread' } })) }
}

type Highlight = HighlightsBlock['sentences'][number]
/** The questions that these answer. */
const answered = { 'report.highlight.topic': 1, 'report.highlight.need': 1, 'report.highlight.action': 2, 'report.highlight.consequence': 3 } as const
type HighlightKey = keyof typeof answered

/** Of several with as many reports none was reported most; nor is one of which nobody who reads this can say that none of the numbers that are not shown is as large. */
function topOf(rows: readonly Ranked[], say: HighlightKey, { figures }: ReportGround): Highlight | null {
  const [first, second] = rows
  if (first === undefined || first.reports.count === null || first.reports.count === 0 || first.reports.count <= Math.max(second?.reports.count ?? 0, mostHidden(rows, figures))) return null
  const organisations = figures.different(`${first.reports.id}/organisations`, figures.evidence.get(first.reports.id) ?? [], ({ organisation }) => organisation)
  const subject: Value = first.list === 'topic' ? { is: 'topic', topic: first.code } : { is: 'code', list: first.list, code: first.code }
  return { text: { say, with: { subject, reports: counted(first.reports, 'reports'), authors: counted(first.authors, 'authors'), organisations: counted(organisations, 'organisations') } }, figure: first.reports, question: answered[say] }
}

/** What one number that is not shown may be at most, by their sum: each of the others is one at least. Only by what may be known anyway is something said or not said. */
function mostHidden(rows: readonly Ranked[], { evidence }: Figures): number {
  const hidden = rows.flatMap(({ reports: { id, count } }) => (count === null ? [evidence.get(id)?.length ?? 0] : []))
  return hidden.reduce((sum, count) => sum + count, 0) - Math.max(0, hidden.length - 1)
}

/** Where most reported challenges have no action linked to them. */
function largestGap({ gaps }: MobilizationBlock): Highlight | null {
  const cells = gaps.cells.flatMap((row, r) => row.flatMap(({ total, steps }, c) => {
    const none = steps[0]?.reports
    const [topic, area] = [gaps.topics[r], gaps.areas[c]]
    return none === undefined || topic === undefined || area === undefined || none.count === null || none.count === 0 || total.count === null ? [] : [{ topic, area, none, total, count: none.count }]
  }))
  const [first] = cells.toSorted((one, other) => other.count - one.count)
  if (first === undefined) return null
  const where = { topic: { is: 'topic', topic: first.topic }, area: { is: 'area', area: first.area }, total: counted(first.total, 'reports') } as const
  // “Of 9 reports, 9 reports” is no sentence.
  const isAll = first.none.count === first.total.count
  return { text: isAll ? { say: 'report.highlight.gapAll', with: where } : { say: 'report.highlight.gap', with: { ...where, none: counted(first.none, 'reports') } }, figure: first.none, question: 2 }
}

export function counted(figure: Figure, unit: Unit): Value {
  return { is: 'figure', figure, unit }
}

function addedUp(figure: Figure | null, unit: Unit): Value {
  return figure === null ? { is: 'untold' } : counted(figure, unit)
}

/**
 * Of how many reports a sum is: most tell no number, and a large sum of few is not one of all. Not where from how many there are follows that few
 * tell none.
 */
function summedFrom(sum: Figure | null, wholes: readonly (readonly CountedEntry[])[], { evidence, reports }: Figures): Pick<KeyFiguresBlock['tiles'][number], 'rests'> {
  if (sum === null) return {}
  const telling = evidence.get(sum.id) ?? []
  const isTold = !isSmall(telling.length) && !wholes.some(({ length }) => isSmall(length - telling.length))
  return { rests: { say: 'report.tile.rests', with: { reports: counted({ ...reports(`${sum.id}/reports`, telling, isTold ? telling.length : null), sample: [] }, 'reports') } } }
}

/** Six numbers, each with what limits it. */
export function keyFiguresBlock({ figures, counted: { actions }, facts, areas }: ReportGround, { challenges: challengeFigure, actions: actionFigure }: CoverBlock): KeyFiguresBlock {
  const organisations = figures.different('organisations', facts, ({ organisation }) => organisation)
  // What is only planned has reached nobody and nobody took part in it, whatever number a table or a status that was corrected has left there.
  const begun = actions.filter(({ content }) => content.kind === 'action' && content.status !== 'planned')
  const volunteers = figures.added('volunteers', begun, numberIn('volunteers'))
  const reached = figures.added('reached', begun.filter(({ content }) => content.kind === 'action' && content.reachedUnit !== 'households'), numberIn('reached'))
  const restsOn = (sum: Figure | null) => summedFrom(sum, [actions, begun], figures)
  // What is said to be so many of so many is counted in the same list: a place that is not in it stands on the map.
  const listed = areas.all.filter(({ area }) => area.code !== null).length
  const isNamed = ({ code, name }: AreaName) => code !== null || name !== null
  // Of a country whose regions reports name, those without a region are of no other area.
  const withRegions = new Set(areas.all.flatMap(({ area }) => (isNamed(area) ? [area.country] : [])))
  const isArea = (area: AreaName) => (areas.hasList ? area.code !== null : isNamed(area) || !withRegions.has(area.country))
  const reporting = figures.places('areas', facts.filter((entry) => isArea(areas.of(entry))), areas.keyOf)
  return {
    block: 'keyFigures',
    tiles: [
      { value: counted(challengeFigure, 'challenges'), label: { say: 'report.tile.challenges' }, limit: { say: 'report.tile.challengesLimit' } },
      { value: counted(actionFigure, 'actions'), label: { say: 'report.tile.actions' }, limit: { say: 'report.tile.actionsLimit' } },
      { value: counted(organisations, 'organisations'), label: { say: 'report.tile.organisations' }, limit: { say: 'report.tile.organisationsLimit' } },
      { value: addedUp(volunteers, 'volunteers'), label: { say: 'report.tile.volunteers' }, limit: { say: 'report.tile.volunteersLimit' }, ...restsOn(volunteers) },
      { value: addedUp(reached, 'people'), label: { say: 'report.tile.reached' }, limit: { say: 'report.tile.reachedLimit' }, ...restsOn(reached) },
      { value: counted(reporting, 'areas'), label: { say: 'report.tile.areas' }, limit: areas.hasList ? { say: 'report.tile.areasLimit', with: { all: { is: 'number', number: listed } } } : { say: 'report.tile.areasUnlisted' } },
    ],
  }
}

function numberIn(field: 'volunteers' | 'reached'): (entry: CountedEntry) => number | null {
  return ({ content }) => {
    const value = content.kind === 'action' ? content[field] : undefined
    return typeof value === 'number' ? value : null
  }
}

/** No point leaves: who draws the map has the outlines of the campaign's areas and of countries. */
export function mapBlock({ areas, byArea, totals, figures }: ReportGround): MapBlock {
  return {
    block: 'map', disclaimer: { say: 'report.map.disclaimer' },
    areas: areas.all.map(({ key, area }) => {
      const [challenges, actions] = (['challenges', 'actions'] as const).map((kind) => figures.reports(`map/${kind}/${key}`, totals[kind].area.groups.get(key) ?? [], totals[kind].area.shown.get(key) ?? null)) as [Figure, Figure]
      const authors = figures.different(`map/authors/${key}`, byArea.get(key) ?? [], ({ author }) => author)
      // How many wrote tells how much was written.
      const isTold = challenges.count !== null && actions.count !== null
      return { area: named(area), challenges, actions, authors: isTold ? authors : { ...authors, count: null, sample: [] }, silent: challenges.count === 0 && actions.count === 0 }
    }),
  }
}

function named({ country, code, name, isWhole }: AreaName): AreaName {
  return { country, code, name, ...(isWhole === true ? { isWhole } : {}) }
}

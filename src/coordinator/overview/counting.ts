import type { GapCounts } from '#chart/gap-bar.ts'
import { gapSteps, totalOf } from '#chart/gap-bar.ts'
import { nameKey } from '#domain/name-key.ts'
import type { OverviewResponse } from '#protocol/overview.ts'
import { areaIdOf } from '#coordinator/overview/address-codes.ts'
import { dayAfter } from '#coordinator/week.ts'

export interface AreaColumn {
  readonly id: string
  readonly country: string
  readonly adm1: string | null
}

export interface MatrixRow {
  readonly topic: string
  readonly total: GapCounts
  /** By the id of the column; what is not there was not reported. */
  readonly cells: ReadonlyMap<string, GapCounts>
}

export interface Matrix {
  readonly columns: readonly AreaColumn[]
  /** The areas that share the last column, beyond those that have one of their own. */
  readonly others: readonly AreaColumn[]
  readonly rows: readonly MatrixRow[]
}

export const otherAreas = 'others'
const nothing: GapCounts = { none: 0, little: 0, partly: 0, mostly: 0 }
/** More columns than this are not compared by anybody. */
const mostColumns = 14

/**
 * Topics by areas, each with the most first. Areas of the campaign from which nothing came keep a column, because that is
 * what one has to see; with too many areas the smallest share the last one.
 */
export function matrixOf(cells: OverviewResponse['cells'], known: readonly AreaColumn[]): Matrix {
  const totals = new Map<string, number>(known.map(({ id }) => [id, 0]))
  const columns = new Map<string, AreaColumn>(known.map((column) => [column.id, column]))
  for (const { country, adm1, ...counts } of cells) {
    const id = areaIdOf({ country, adm1 })
    columns.set(id, { id, country, adm1 })
    totals.set(id, (totals.get(id) ?? 0) + totalOf(counts))
  }
  const sorted = [...columns.values()].toSorted((one, other) => (totals.get(other.id) ?? 0) - (totals.get(one.id) ?? 0) || (one.id < other.id ? -1 : 1))
  const shown = sorted.length > mostColumns ? sorted.slice(0, mostColumns - 1) : sorted
  const own = new Set(shown.map(({ id }) => id))
  const rows = new Map<string, { readonly total: GapCounts; readonly cells: ReadonlyMap<string, GapCounts> }>()
  for (const { topic, ...cell } of cells) {
    const id = own.has(areaIdOf(cell)) ? areaIdOf(cell) : otherAreas
    const row = rows.get(topic) ?? { total: nothing, cells: new Map<string, GapCounts>() }
    rows.set(topic, { total: sum(row.total, cell), cells: new Map([...row.cells, [id, sum(row.cells.get(id) ?? nothing, cell)]]) })
  }
  return {
    columns: shown, others: sorted.slice(shown.length),
    rows: [...rows].map(([topic, row]) => ({ topic, ...row })).toSorted((one, other) => totalOf(other.total) - totalOf(one.total) || (one.topic < other.topic ? -1 : 1)),
  }
}

export interface Week {
  readonly monday: string
  readonly challenges: number
  readonly actions: number
}

/** Weeks without a report have their place too; only the last year is shown. */
const mostWeeks = 53

/** A report of a day that is still to come, by a clock ahead or a year that was typed wrongly, would put its own empty year in the place of all others. Somewhere it is tomorrow already. */
export function weeksOf(days: OverviewResponse['days'], today: string): readonly Week[] {
  const byMonday = new Map<string, Week>()
  for (const { day, challenges, actions } of days) {
    const monday = mondayOf(day)
    const before = byMonday.get(monday) ?? { monday, challenges: 0, actions: 0 }
    byMonday.set(monday, { monday, challenges: before.challenges + challenges, actions: before.actions + actions })
  }
  const [mondays, now] = [[...byMonday.keys()].toSorted(), mondayOf(dayAfter(today, 1))]
  const [first, last] = [mondays[0], mondays.findLast((monday) => monday <= now) ?? mondays.at(-1)]
  if (first === undefined || last === undefined) return []
  const weeks: Week[] = []
  for (let monday = last; monday >= first && weeks.length < mostWeeks; monday = dayAfter(monday, -7)) weeks.push(byMonday.get(monday) ?? { monday, challenges: 0, actions: 0 })
  return weeks.toReversed()
}

export interface TopicWeeks {
  readonly mondays: readonly string[]
  readonly rows: readonly { readonly topic: string; readonly counts: ReadonlyMap<string, number> }[]
  /** There are older weeks than those. */
  readonly isCut: boolean
}

/** More weeks do not stand side by side. */
const mostTopicWeeks = 26

/** Topics by the weeks in which anything was reported, the topic with most reports first. Silent weeks stand in the bars beside it. */
export function topicWeeksOf(topicDays: OverviewResponse['topicDays']): TopicWeeks {
  const weeks = [...new Set(topicDays.map(({ day }) => mondayOf(day)))].toSorted()
  const mondays = weeks.slice(-mostTopicWeeks)
  const byTopic = new Map<string, Map<string, number>>()
  for (const { topic, day, count } of topicDays) {
    const monday = mondayOf(day)
    if (!mondays.includes(monday)) continue
    const counts = byTopic.get(topic) ?? new Map<string, number>()
    byTopic.set(topic, counts.set(monday, (counts.get(monday) ?? 0) + count))
  }
  const totalOf = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, count) => total + count, 0)
  const rows = [...byTopic].map(([topic, counts]) => ({ topic, counts })).toSorted((one, other) => totalOf(other.counts) - totalOf(one.counts) || (one.topic < other.topic ? -1 : 1))
  return { mondays, rows, isCut: weeks.length > mondays.length }
}

export interface Doer {
  readonly org: string
  readonly actions: number
  readonly topics: readonly { readonly topic: string; readonly actions: number }[]
  readonly areas: readonly AreaColumn[]
}

/** Organisations with the most actions first, each with its topics and areas, those with the most first; who gave no name stands last. */
export function whoDoes(who: OverviewResponse['who']): readonly Doer[] {
  const byOrg = new Map<string, OverviewResponse['who']>()
  for (const one of who) {
    const key = nameKey(one.org) || one.org
    byOrg.set(key, [...(byOrg.get(key) ?? []), one])
  }
  const doers = [...byOrg.values()].map((all): Doer => ({
    org: all[0]?.org ?? '', actions: all.reduce((total, { actions }) => total + actions, 0),
    topics: summed(all, ({ topic }) => topic).map(({ first, actions }) => ({ topic: first.topic, actions })),
    areas: summed(all, areaIdOf).map(({ first: { country, adm1 } }) => ({ id: areaIdOf({ country, adm1 }), country, adm1 })),
  }))
  return doers.toSorted((one, other) => Number(one.org === '') - Number(other.org === '') || other.actions - one.actions || (one.org < other.org ? -1 : 1))
}

type Did = OverviewResponse['who'][number]

function summed(all: readonly Did[], keyOf: (did: Did) => string): readonly { readonly first: Did; readonly actions: number }[] {
  const sums = new Map<string, { readonly first: Did; readonly actions: number }>()
  for (const did of all) sums.set(keyOf(did), { first: sums.get(keyOf(did))?.first ?? did, actions: (sums.get(keyOf(did))?.actions ?? 0) + did.actions })
  return [...sums.values()].toSorted((one, other) => other.actions - one.actions || (keyOf(one.first) < keyOf(other.first) ? -1 : 1))
}

export interface Gap extends AreaColumn {
  readonly topic: string
  readonly counts: GapCounts
}

/** Where the most challenges have no action linked; single reports are no gap. */
export function largestGaps(cells: OverviewResponse['cells'], count: number): readonly Gap[] {
  return cells.map(({ country, adm1, topic, ...counts }) => ({ id: areaIdOf({ country, adm1 }), country, adm1, topic, counts }))
    .filter(({ counts }) => counts.none >= 3).toSorted((one, other) => other.counts.none - one.counts.none || totalOf(other.counts) - totalOf(one.counts)).slice(0, count)
}

export interface SeverityRow {
  readonly topic: string
  readonly counts: readonly [number, number, number, number, number]
}

export function severityRows(severities: OverviewResponse['severities']): readonly SeverityRow[] {
  const rows = new Map<string, [number, number, number, number, number]>()
  for (const { topic, severity, count } of severities) {
    const counts = rows.get(topic) ?? [0, 0, 0, 0, 0]
    rows.set(topic, counts)
    if (severity >= 1 && severity <= 5) counts[severity - 1] = count
  }
  const sumOf = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  return [...rows].map(([topic, counts]) => ({ topic, counts })).toSorted((one, other) => sumOf(other.counts) - sumOf(one.counts) || (one.topic < other.topic ? -1 : 1))
}

function sum(one: GapCounts, other: GapCounts): GapCounts {
  return Object.fromEntries(gapSteps.map((step) => [step, one[step] + other[step]])) as unknown as GapCounts
}

/** Weeks begin on Monday, as ISO 8601 counts them. */
function mondayOf(day: string): string {
  const weekday = new Date(`${day.slice(0, 10)}T00:00:00Z`).getUTCDay()
  return dayAfter(day.slice(0, 10), -((weekday + 6) % 7))
}

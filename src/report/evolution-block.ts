import { isSmall } from '#domain/small-cells.ts'
import { oneOf, topicLines } from '#report/challenge-block.ts'
import type { CountedEntry } from '#report/counted-entry.ts'
import { blurred, inNoWeek } from '#report/months-alone.ts'
import type { ReportGround } from '#report/report-ground.ts'
import type { ShownParts } from '#report/shown-totals.ts'
import { crossed, foundBy, groupsOf, ranked } from '#report/tally.ts'
import type { CrossTable, EvolutionBlock, Figure, ReportTree, Said } from '#report/tree.ts'
import { dayCount, weeksOf } from '#report/weeks.ts'
import type { Period } from '#report/weeks.ts'

/** How reports moved from week to week. They are reports: when fewer come, fewer were written, and nothing is said of needs. */
export function evolutionBlock(ground: ReportGround): EvolutionBlock {
  const { counted: { challenges }, figures, totals, input } = ground
  const weeks = weeksOf(input.period)
  const undated = inNoWeekOf(ground, 'week/none')
  const topics = topicsByWeek(ground, weeks)
  return {
    block: 'evolution',
    weeks, topics,
    challenges: weekly(ground, 'challenges', totals.challenges.week, weeks),
    actions: weekly(ground, 'actions', totals.actions.week, weeks),
    severity: topics.cells.map((row) => row.map(({ id, count }) => (count === null || count === 0 ? null : medianSeverity(figures.evidence.get(id) ?? [])))),
    trends: ranked(figures, { id: 'trend', list: 'trend', groups: groupsOf(challenges, oneOf('trend')) }),
    changes: changesSince(ground),
    ...(undated === null ? {} : { undated: { ...undated, sample: [] } }),
  }
}

/** What stands in no week is one more column, so that nothing follows from what a row lacks; the report has its number for all topics together. */
function topicsByWeek(ground: ReportGround, weeks: readonly string[]): CrossTable {
  const { figures, totals } = ground
  const { groups, shown } = totals.challenges.week
  const entriesOf = foundBy(totals.challenges.topic.groups, ({ week }) => week ?? inNoWeek)
  const columns = groups.has(inNoWeek) ? [...weeks, inNoWeek] : weeks
  const { rows, cells } = crossed(figures, { id: 'week/topic', rows: topicLines(ground), columns: columns.map((key) => ({ key, total: shown.get(key) ?? null })), entriesOf })
  return {
    rows, columns: weeks,
    cells: cells.map((line, r) => {
      const counts = blurred(weeks, line.slice(0, weeks.length).map(({ count }) => count), (week) => entriesOf(rows[r] ?? '', week))
      return weeks.flatMap((_, at) => (line[at] === undefined ? [] : [{ ...line[at], count: counts[at] ?? null }]))
    }),
  }
}

/** How many stand in no week; not shown where the number of one kind is not. Null: none. */
export function inNoWeekOf({ figures, facts, totals }: ReportGround, id: string): Figure | null {
  const entries = facts.filter(({ week }) => week === null)
  const parts = [totals.challenges, totals.actions].map(({ week }) => (week.groups.has(inNoWeek) ? (week.shown.get(inNoWeek) ?? null) : 0))
  return entries.length === 0 ? null : figures.reports(id, entries, parts.includes(null) ? null : entries.length)
}

/** A level of the scale, never one between two of them: of an even number the lower of the middle ones. */
function medianSeverity(entries: readonly CountedEntry[]): number | null {
  const levels = entries.flatMap(({ content }) => (content.kind === 'challenge' ? [content.severity] : [])).toSorted((one, other) => one - other)
  return levels[Math.floor((levels.length - 1) / 2)] ?? null
}

/** What an issue showed, for the one after it. */
export function topicsShownIn({ blocks }: ReportTree): ReadonlyMap<string, number> {
  const topics = blocks.flatMap((one) => (one.block === 'challenges' ? one.topics : []))
  return new Map(topics.flatMap(({ code, reports }) => (reports.count === null ? [] : [[code, reports.count] as const])))
}

function weekly({ figures }: ReportGround, kind: string, { groups, shown }: ShownParts, weeks: readonly string[]): readonly Figure[] {
  return weeks.map((week) => ({ ...figures.reports(`week/${kind}/${week}`, groups.get(week) ?? [], shown.get(week) ?? null), sample: [] }))
}

/** Against the issue before, by topic, where both numbers are known: that a topic has no report any more stands in the report as well. */
function changesSince({ input: { before, period }, totals, topics }: ReportGround): readonly Said[] {
  const changes = topics.flatMap((topic): readonly Said[] => {
    const { groups, shown } = totals.challenges.topic
    const [then, now] = [before?.topics.get(topic), groups.has(topic) ? (shown.get(topic) ?? null) : 0]
    if (then === undefined || now === null || isSmall(then) || then === now) return []
    // Of days that both count a small difference is the few that came late or were taken back.
    if (isSmall(Math.abs(now - then)) && before?.period !== undefined && before.period.from <= period.to && before.period.to >= period.from) return []
    return [{ say: now < then ? 'report.change.fell' : 'report.change.rose', with: { topic: { is: 'topic', topic }, before: { is: 'number', number: then }, now: { is: 'number', number: now } } }]
  })
  return changes.length === 0 || before?.period === undefined ? changes : [...changes, daysOfBoth(before.period, period)]
}

/** Of five years and of one month are not as many reports: whoever reads that they fell must see of how many days. */
function daysOfBoth(then: Period, now: Period): Said {
  return { say: 'report.change.days', with: { from: { is: 'day', day: then.from }, to: { is: 'day', day: then.to }, past: { is: 'number', number: dayCount(then) }, now: { is: 'number', number: dayCount(now) } } }
}

import { focusGroups, populationGroups } from '#domain/codes/code-lists.ts'
import { countedGroups } from '#domain/disclosure.ts'
import { groupCodes } from '#report/challenge-block.ts'
import { blurredWeeks } from '#report/months-alone.ts'
import type { ReportGround } from '#report/report-ground.ts'
import { groupsOf } from '#report/tally.ts'
import type { CoverageTable, MobilizationBlock, Said, SilenceBlock } from '#report/tree.ts'
import { weeksOf } from '#report/weeks.ts'
import type { CountedEntry } from '#report/counted-entry.ts'

/** What the report does not know: from where, about whom and when nothing was heard. */
export function silenceBlock(ground: ReportGround, { gaps }: MobilizationBlock): SilenceBlock {
  const { areas, byArea, facts, topics, totals, input } = ground
  const weeks = weeksOf(input.period)
  const heard = { topics: groupsOf(facts, ({ content }) => content.topic), groups: groupsOf(facts, groupCodes) }
  const groups = nameableGroups()
  const heldBack = new Set(gaps.cells.flatMap((row, r) => row.flatMap(({ total }, c) => (total.count === null ? [`${gaps.topics[r] ?? ''} ${areas.all[c]?.key ?? ''}`] : []))))
  const isTold = (by: 'area' | 'week', key: string) => (['challenges', 'actions'] as const).every((kind) => totals[kind][by].shown.get(key) === 0)
  const silentAreas = areas.all.filter(({ key }) => isTold('area', key)).map(({ area }) => area)
  const silentGroups = groups.filter((group) => !heard.groups.has(group))
  const silentTopics = topics.filter((topic) => !heard.topics.has(topic))
  const blurredHere = new Map(areas.all.map(({ key }) => [key, blurredWeeks(weeks, byArea.get(key) ?? [])] as const))
  const blurredAnywhere = blurredWeeks(weeks, facts)
  const silentWeeks = weeks.filter((week) => isTold('week', week) && !blurredAnywhere.has(week))
  const table = (columns: readonly string[], of: (entry: CountedEntry) => readonly string[] | string | null, isHeldBack: (column: string, area: string) => boolean = () => false): CoverageTable => ({
    columns,
    silent: areas.all.map(({ key }) => {
      const here = groupsOf(byArea.get(key) ?? [], of)
      return columns.map((column) => !here.has(column) && !isHeldBack(column, key))
    }),
  })
  return {
    block: 'silence',
    lines: [...areaLines(silentAreas, areas.hasList), ...groupLines(silentGroups), ...topicLinesOf(silentTopics), ...weekLines(silentWeeks, weeks.length), { say: 'report.silence.meaning' }],
    areas: silentAreas, topics: silentTopics, groups: silentGroups, weeks: silentWeeks,
    coverage: {
      areas: areas.all.map(({ area }) => area),
      byTopic: table(topics, ({ content }) => content.topic, (topic, area) => heldBack.has(`${topic} ${area}`)),
      byGroup: table(groups, groupCodes),
      byWeek: table(weeks, ({ week }) => week, (week, area) => blurredHere.get(area)?.has(week) === true),
    },
  }
}

/** Groups whose mention alone can put people in danger are never named, so nobody can say whether they are silent. */
function nameableGroups(): readonly string[] {
  return [...populationGroups, ...focusGroups.filter((group) => countedGroups({ focusGroup: [group] } as CountedEntry['content']).length > 0)]
}

function areaLines(silent: SilenceBlock['areas'], hasList: boolean): readonly Said[] {
  if (silent.length === 0) return [{ say: hasList ? 'report.silence.noArea' : 'report.silence.noList' }]
  return [{ say: 'report.silence.areas', with: { areas: { is: 'areas', areas: silent } } }, ...(hasList ? [] : [{ say: 'report.silence.noList' } as const])]
}

function groupLines(silent: readonly string[]): readonly Said[] {
  return silent.length === 0 ? [] : [{ say: 'report.silence.groups', with: { groups: { is: 'groups', groups: silent } } }]
}

function topicLinesOf(silent: readonly string[]): readonly Said[] {
  return silent.length === 0 ? [] : [{ say: 'report.silence.topics', with: { topics: { is: 'topics', topics: silent } } }]
}

function weekLines(silent: readonly string[], all: number): readonly Said[] {
  return silent.length === 0 ? [] : [{ say: 'report.silence.weeks', with: { weeks: { is: 'number', number: silent.length }, all: { is: 'number', number: all } } }]
}

import { shownLine, shownTable } from '#domain/small-cells.ts'
import type { EntryId } from '#domain/ids.ts'
import { reachOf, reachSteps } from '#domain/reach.ts'
import { oneOf, severalOf, topicLines } from '#report/challenge-block.ts'
import type { Answer } from '#report/counted-entry.ts'
import type { ReportGround } from '#report/report-ground.ts'
import { foundBy, groupsOf, ranked, rankedTotals } from '#report/tally.ts'
import type { GapCell, MobilizationBlock, Ranked } from '#report/tree.ts'
import type { LabelList } from '#i18n/labels.ts'

/** Question 2: how far civil society has mobilised. */
export function mobilizationBlock(ground: ReportGround): MobilizationBlock {
  const { counted: { challenges, actions }, figures, totals } = ground
  const several = (list: LabelList, field: string) => ranked(figures, { id: field, list, groups: groupsOf(actions, severalOf(field)) })
  const one = (list: LabelList, field: string, entries = actions): readonly Ranked[] => ranked(figures, { id: field, list, groups: groupsOf(entries, oneOf(field)) })
  return {
    block: 'mobilization',
    question: { say: 'report.question.2' },
    types: several('actionType', 'actionType'),
    organisationTypes: one('orgType', 'orgType'),
    topics: rankedTotals(figures, { id: 'actions/topic', list: 'topic', parts: totals.actions.topic }),
    novelty: one('crisisNovelty', 'novelty'),
    status: one('actionStatus', 'status'),
    resources: several('resourceSource', 'resourceSource'),
    works: one('works', 'works'),
    gaps: gapsOf(ground),
    responseSeen: one('responseSeen', 'responseSeen', challenges),
    findings: [],
  }
}

/** Challenges by topic and area, and within each cell by the best of the approved actions that answer it. */
function gapsOf(ground: ReportGround): MobilizationBlock['gaps'] {
  const { counted: { answers, eventOf }, figures, totals, areas } = ground
  const best = bestAnswers(answers, eventOf)
  const rows = topicLines(ground)
  const columns = areas.all.map(({ key }) => ({ key, total: totals.challenges.area.shown.get(key) ?? null }))
  const entriesOf = foundBy(totals.challenges.topic.groups, areas.keyOf)
  const found = rows.map((row) => columns.map((column) => entriesOf(row.key, column.key)))
  const shown = shownTable({ cells: found.map((row) => row.map(({ length }) => length)), rowTotals: rows.map(({ total = null }) => total), columnTotals: columns.map(({ total }) => total) })
  const cells = found.map((row, r) => row.map((entries, c): GapCell => {
    const id = `gap/${rows[r]?.key ?? ''}/${columns[c]?.key ?? ''}`
    const total = { ...figures.reports(id, entries, shown[r]?.[c] ?? null), sample: [] }
    const parts = reachSteps.map((_, step) => entries.filter(({ entryId }) => (best.get(eventOf(entryId)) ?? 0) === step))
    // Of a cell that is not shown no step is, an empty one neither: four times none would say that none is in it, and what it protects would follow.
    const counts = total.count === null ? [] : shownLine(parts.map(({ length }) => length), total.count)
    return { total, steps: reachSteps.map((step, at) => ({ step, reports: { ...figures.reports(`${id}/${step}`, parts[at] ?? [], counts[at] ?? null), sample: [] } })) }
  }))
  return { topics: rows.map(({ key }) => key), areas: areas.all.map(({ area }) => area), cells }
}

/** By the entry that stands for all of the same event: what answers one report of it answers the others. */
function bestAnswers(actions: readonly Answer[], eventOf: (entry: EntryId) => EntryId): ReadonlyMap<EntryId, number> {
  const best = new Map<EntryId, number>()
  for (const { links, ...action } of actions) {
    for (const { to, coverage } of links) best.set(eventOf(to), Math.max(best.get(eventOf(to)) ?? 0, reachOf({ ...action, coverage })))
  }
  return best
}

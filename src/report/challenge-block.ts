import { severities } from '#domain/codes/code-lists.ts'
import { countedGroups } from '#domain/disclosure.ts'
import type { CountedEntry } from '#report/counted-entry.ts'
import { quotationsFrom } from '#report/quotations.ts'
import type { ReportGround } from '#report/report-ground.ts'
import { crossed, foundBy, groupsOf, rankedTotals, ranked } from '#report/tally.ts'
import type { CrossLine } from '#report/tally.ts'
import type { ChallengesBlock } from '#report/tree.ts'

/** Question 1: what populations are up against. */
export function challengesBlock(ground: ReportGround): ChallengesBlock {
  const { counted: { challenges }, figures, totals, topics, areas } = ground
  const { groups } = totals.challenges.topic
  const lines = topicLines(ground)
  const grouped = groupsOf(challenges, groupCodes)
  return {
    block: 'challenges',
    question: { say: 'report.question.1' },
    topics: rankedTotals(figures, { id: 'challenges/topic', list: 'topic', parts: totals.challenges.topic }),
    severity: crossed(figures, { id: 'severity', rows: lines, columns: severities.map((severity) => ({ key: String(severity) })), entriesOf: foundBy(groups, severityCode) }),
    groups: crossed(figures, { id: 'group', rows: lines, columns: [...grouped.keys()].toSorted().map((key) => ({ key })), entriesOf: foundBy(groups, groupCodes), isSeveral: true }),
    needs: ranked(figures, { id: 'need', list: 'need', groups: groupsOf(challenges, severalOf('need')) }),
    findings: [],
    causes: ranked(figures, { id: 'cause', list: 'cause', groups: groupsOf(challenges, severalOf('cause')) }),
    themes: topics.filter((topic) => groups.has(topic)).map((topic) => ({ topic, findings: [], quotations: quotationsFrom(groups.get(topic) ?? [], areas) })),
  }
}

export function topicLines({ totals, topics }: ReportGround): readonly CrossLine[] {
  const { groups, shown } = totals.challenges.topic
  return topics.filter((topic) => groups.has(topic)).map((topic) => ({ key: topic, total: shown.get(topic) ?? null }))
}

/** Who it is about: the population, and the groups that may be named. */
export function groupCodes({ content }: CountedEntry): readonly string[] {
  return [...content.populationGroup, ...countedGroups(content)]
}

function severityCode({ content }: CountedEntry): string | null {
  return content.kind === 'challenge' ? String(content.severity) : null
}

/** The codes of a field with several; entries of the other kind have none. */
export function severalOf(field: string): (entry: CountedEntry) => readonly string[] {
  return ({ content }) => {
    const value: unknown = Reflect.get(content, field)
    return Array.isArray(value) ? value.map(String) : []
  }
}

/** The code of a field with one. */
export function oneOf(field: string): (entry: CountedEntry) => string | null {
  return ({ content }) => {
    const value: unknown = Reflect.get(content, field)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null
  }
}

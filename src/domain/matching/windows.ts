import type { Topic } from '#domain/codes/code-lists.ts'
import type { EntryContent, Kind } from '#domain/entry.ts'
import { nearTopicsOf } from '#domain/matching/near-topics.ts'

/** Two reports of one event are seldom further apart; what is told a month later is mostly a later state. */
export const mostDaysApart = 30
/** Help that ended up to two days before a difficulty was written down may still be what answers it. */
export const daysBefore = 2
export const mostDaysLater = 180
const longestDateSlack = 30
const dayMs = 86_400_000

/** What a store reads before anything is compared: an index over country, topic and day answers it, however many entries there are. */
export interface CandidateWindow {
  readonly kind: Kind
  readonly country: string
  /** Those of the same topic first, then near ones; for answers others follow, because a kitchen answers a school too. */
  readonly topics: readonly Topic[]
  /** Days of observation, both included. */
  readonly from: string
  readonly to: string
}

export function windowForSame(content: EntryContent): CandidateWindow {
  const reach = mostDaysApart + longestDateSlack
  return { kind: content.kind, country: content.country, topics: nearTopicsOf(content.topic), from: shifted(content.observedOn, -reach), to: shifted(content.observedOn, reach) }
}

/** For an action the challenges, for a challenge the actions. */
export function windowForAnswers(content: EntryContent): CandidateWindow {
  const shared = { country: content.country, topics: nearTopicsOf(content.topic) }
  if (content.kind === 'challenge') return { ...shared, kind: 'action', from: shifted(content.observedOn, -longestDateSlack), to: shifted(content.observedOn, 2 * mostDaysLater) }
  const last = content.endOn !== undefined && content.endOn > content.observedOn ? content.endOn : content.observedOn
  return { ...shared, kind: 'challenge', from: shifted(content.startOn, -mostDaysLater), to: shifted(last, daysBefore) }
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

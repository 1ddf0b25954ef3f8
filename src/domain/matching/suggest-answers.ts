import type { Coverage } from '#domain/codes/code-lists.ts'
import type { ActionContent, ChallengeContent } from '#domain/entry.ts'
import { compare, daysBetween, readingOf } from '#domain/matching/features.ts'
import type { Reading } from '#domain/matching/features.ts'
import { reasonsFor } from '#domain/matching/reasons.ts'
import type { Reason } from '#domain/matching/reasons.ts'
import type { Report } from '#domain/matching/report.ts'
import { chance, signsOf } from '#domain/matching/signs.ts'
import { byScore } from '#domain/matching/suggestion-order.ts'
import { daysBefore, mostDaysLater } from '#domain/matching/windows.ts'

export interface AnswerSuggestion {
  readonly id: string
  readonly score: number
  /** Only where both count in the same unit; never `fully`, which only a person can say. */
  readonly coverage: Extract<Coverage, 'little' | 'partly' | 'mostly'> | null
  readonly reasons: readonly Reason[]
}

/** Logistic weights from what is open of the labelled sets; how they were found stands in the README of the layer. */
const weights = {
  nameShared: 0.6, nameDiffers: -0.6, bothNarrower: -1.6, mentioned: 1.2, close: 0.3, apart: -2.4,
  topicNear: -0.6, topicOther: -1.3, groupsOther: -1.4, groupsSame: 1,
  conceptShare: 0.7, conceptCount: 0.6, speakOfOther: -0.4, numberShared: 1.5,
} as const
const bias = -1.2
const threshold = 0.45

/** The challenges that an action may answer. */
export function suggestAnswers(action: Report, challenges: readonly Report[]): readonly AnswerSuggestion[] {
  const reading = readingOf(action)
  return challenges.flatMap((challenge) => suggestion(reading, readingOf(challenge), challenge.id)).sort(byScore)
}

/** The actions that may answer a challenge. */
export function suggestAnswering(challenge: Report, actions: readonly Report[]): readonly AnswerSuggestion[] {
  const reading = readingOf(challenge)
  return actions.flatMap((action) => suggestion(readingOf(action), reading, action.id)).sort(byScore)
}

function suggestion(action: Reading, challenge: Reading, id: string): readonly AnswerSuggestion[] {
  const [did, told] = [action.report.content, challenge.report.content]
  if (did.kind !== 'action' || told.kind !== 'challenge' || did.country !== told.country || !canAnswer(did, told)) return []
  const comparison = compare(action, challenge)
  if (comparison.population === 'other') return []
  const score = chance(signsOf(comparison), weights, bias)
  return score < threshold ? [] : [{ id, score, coverage: coverageOf(did, told), reasons: reasonsFor(comparison, told) }]
}

/** What was over before, came half a year later, or has reached nobody is no answer. */
function canAnswer(action: ActionContent, challenge: ChallengeContent): boolean {
  if (action.status === 'planned' || action.status === 'cancelled' || action.reached === 0) return false
  const last = action.endOn !== undefined && (action.status === 'completed' || action.endOn > action.observedOn) ? action.endOn : action.observedOn
  return daysBetween(challenge.observedOn, last) >= -daysBefore && daysBetween(challenge.observedOn, action.startOn) <= mostDaysLater
}

function coverageOf(action: ActionContent, challenge: ChallengeContent): AnswerSuggestion['coverage'] {
  const affected = typeof challenge.affectedMax === 'number' ? challenge.affectedMax : challenge.affectedMin
  if (typeof affected !== 'number' || typeof action.reached !== 'number' || affected === 0) return null
  if (challenge.affectedUnit === undefined || challenge.affectedUnit !== action.reachedUnit) return null
  const share = action.reached / affected
  if (share < 1 / 3) return 'little'
  return share < 2 / 3 ? 'partly' : 'mostly'
}

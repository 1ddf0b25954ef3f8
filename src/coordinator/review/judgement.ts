import type { ChangeBody, Verdict } from '#domain/change.ts'
import type { InfoCredibility } from '#domain/codes/code-lists.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { QuestionId, Sha256 } from '#domain/ids.ts'
import { isOpen } from '#domain/review.ts'

export const reliabilities = ['A', 'B', 'C', 'D', 'E', 'F'] as const

/** What the coordinator has put together so far; nothing in it is chosen for them. */
export interface Judgement {
  readonly verdict: Verdict | null
  /** By field, in the order in which they were put. An empty text is a question that is still being written. */
  readonly questions: Readonly<Record<string, string>>
  readonly reason: string
  readonly reliability: (typeof reliabilities)[number] | null
  readonly credibility: InfoCredibility | null
}

export const emptyJudgement: Judgement = { verdict: null, questions: {}, reason: '', reliability: null, credibility: null }

/** Why "Decide" is off. */
export type JudgementGap = 'choose' | 'question-missing' | 'question-empty' | 'questions-left' | 'reason-missing'

export function gapOf(judgement: Judgement): JudgementGap | null {
  const texts = Object.values(judgement.questions)
  switch (judgement.verdict) {
    case null:
      return 'choose'
    case 'askBack':
      if (texts.length === 0) return 'question-missing'
      return texts.some((text) => text.trim() === '') ? 'question-empty' : null
    case 'reject':
      if (judgement.reason.trim() === '') return 'reason-missing'
      return hasWrittenQuestion(judgement) ? 'questions-left' : null
    case 'approve':
      return hasWrittenQuestion(judgement) ? 'questions-left' : null
    case 'reopen':
      return null
  }
}

/** A question that somebody has written is never dropped silently: it goes out with "ask back", or is taken away by hand. */
export function hasWrittenQuestion(judgement: Judgement): boolean {
  return Object.values(judgement.questions).some((text) => text.trim() !== '')
}

/** Words that would be gone with another decision. */
export function hasWritten(judgement: Judgement | undefined): boolean {
  return judgement !== undefined && (judgement.reason.trim() !== '' || hasWrittenQuestion(judgement))
}

/** The verdicts that mean something for an entry in this state. */
export function verdictsFor({ entry, isSecond }: { readonly entry: Pick<EntryState, 'review'>; readonly isSecond: boolean }): readonly Verdict[] {
  // A question from a second reader would reach nobody: it stands against a verdict that is in force.
  if (isSecond) return ['approve', 'reject']
  return isOpen(entry.review) ? ['approve', 'askBack', 'reject'] : ['reopen']
}

export function decisionBody(judgement: Judgement & { readonly verdict: Verdict }, read: { readonly revision: EntryState['revision']; readonly contentHash: Sha256 }, newQuestionId: () => QuestionId): ChangeBody<'decide'> {
  const { verdict, reason, reliability, credibility } = judgement
  const isGraded = verdict === 'approve' && (reliability !== null || credibility !== null)
  return {
    revision: read.revision,
    contentHash: read.contentHash,
    verdict,
    ...(verdict === 'reject' ? { reason: reason.trim() } : {}),
    questions: verdict === 'askBack' ? Object.entries(judgement.questions).map(([field, text]) => ({ id: newQuestionId(), field, text: text.trim() })) : [],
    ...(isGraded ? { grades: { ...(reliability === null ? {} : { reliability }), ...(credibility === null ? {} : { credibility }) } } : {}),
  }
}

/** A decision that was taken back, as it stood in the bar. */
export function judgementOf({ verdict, questions, reason, grades }: ChangeBody<'decide'>): Judgement {
  return {
    verdict,
    questions: Object.fromEntries(questions.map(({ field, text }) => [field, text])),
    reason: reason ?? '',
    reliability: grades?.reliability ?? null,
    credibility: grades?.credibility ?? null,
  }
}

export function withQuestion(judgement: Judgement, field: string, text: string): Judgement {
  return { ...judgement, questions: { ...judgement.questions, [field]: text } }
}

export function withoutQuestion(judgement: Judgement, field: string): Judgement {
  const questions = Object.fromEntries(Object.entries(judgement.questions).filter(([other]) => other !== field))
  return { ...judgement, questions }
}

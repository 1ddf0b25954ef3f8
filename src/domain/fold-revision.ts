import type { EntryState } from '#domain/entry-state.ts'
import { writtenAfter } from '#domain/fold-written.ts'
import type { Folding, KnownChangeOf } from '#domain/folding.ts'
import { nextReview } from '#domain/review.ts'

/** The author writes anew: whatever was decided before, the entry is read again. */
export function applyRevision(folding: Folding, known: KnownChangeOf<'revise'>): EntryState {
  const { entry } = folding
  const { change } = known
  return {
    ...entry, ...writtenAfter(entry, folding, known),
    revision: change.id,
    review: nextReview(entry.review, 'revise') ?? entry.review,
    contested: false,
    questions: entry.questions.map((question) => (change.body.answers.includes(question.id) && question.answeredBy === null ? { ...question, answeredBy: change.id } : question)),
    trail: [...entry.trail, { step: 'revised', change: change.id, memberId: known.memberId, at: known.receivedAt ?? change.recordedAt, seq: known.seq }],
  }
}

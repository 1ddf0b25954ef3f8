import { seenBy } from '#domain/awareness.ts'
import type { Decision, EntryState, Question } from '#domain/entry-state.ts'
import type { Folding, KnownChangeOf } from '#domain/folding.ts'
import { writtenAfter } from '#domain/fold-written.ts'
import type { Written } from '#domain/fold-written.ts'
import type { ChangeId } from '#domain/ids.ts'
import { nextReview } from '#domain/review.ts'

/**
 * A verdict holds for the revision that was read. A verdict on an older revision is kept, and an approved older revision
 * becomes citable (unless a newer one is), but the entry stays open for its newest. Two different verdicts on one revision,
 * the second unaware of the first, leave it contested, and not citable, until a coordinator who knows both decides again.
 */
export function applyDecision(folding: Folding, known: KnownChangeOf<'decide'>): EntryState {
  const { entry } = folding
  const { body } = known.change
  const isLatest = body.revision === entry.revision
  if (unawareRival(folding, known) !== undefined) return contestedEntry(entry, known)
  const base = entry.contested && isLatest ? 'received' : entry.review
  const next = isLatest ? nextReview(base, body.verdict) : null
  const approvesOlder = !isLatest && body.verdict === 'approve' && isNewestApproval(folding, body.revision)
  const applied = next !== null || approvesOlder
  return {
    ...entry,
    review: next ?? entry.review,
    contested: next === null ? entry.contested : false,
    approved: body.verdict === 'approve' && applied ? approvedRevision(folding, known) : entry.approved,
    decisions: [...entry.decisions, decisionOf(known, applied)],
    questions: next === null ? entry.questions : questionsAfter(folding, known),
    trail: applied ? [...entry.trail, { step: body.verdict, change: known.change.id, memberId: known.memberId, at: known.receivedAt ?? known.change.recordedAt, seq: known.seq, reason: body.reason }] : entry.trail,
  }
}

/** The first applied verdict on the same revision that this decision's author had not seen, if it says something else. */
function unawareRival(folding: Folding, known: KnownChangeOf<'decide'>): Decision | undefined {
  const { change } = known
  const hasSeen = seenBy(known, folding)
  return folding.entry.decisions.find((decision) => decision.revision === change.body.revision && decision.verdict !== change.body.verdict && !hasSeen(decision.change))
}

/** A contest over an older revision leaves the review of the newest alone. */
function contestedEntry(entry: EntryState, known: KnownChangeOf<'decide'>): EntryState {
  const { revision } = known.change.body
  const isLatest = revision === entry.revision
  return {
    ...entry,
    contested: isLatest || entry.contested,
    review: !isLatest || entry.review === 'withdrawn' ? entry.review : 'received',
    approved: entry.approved?.revision === revision ? null : entry.approved,
    decisions: [...entry.decisions, decisionOf(known, false)],
  }
}

/** A late approval of an old revision never displaces the approval of a newer one. */
function isNewestApproval({ entry, positions }: Folding, revision: ChangeId): boolean {
  if (entry.review === 'withdrawn' || !positions.has(revision)) return false
  return entry.approved === null || (positions.get(entry.approved.revision) ?? -1) <= (positions.get(revision) ?? -1)
}

function decisionOf(known: KnownChangeOf<'decide'>, applied: boolean): Decision {
  const { id, recordedAt, body } = known.change
  return { change: id, verdict: body.verdict, revision: body.revision, reason: body.reason, memberId: known.memberId, at: known.receivedAt ?? recordedAt, applied, grades: body.grades }
}

/** Nobody settles a question that they had not seen: of two who asked back unaware of each other both wait for the author. */
function questionsAfter(folding: Folding, known: KnownChangeOf<'decide'>): readonly Question[] {
  const hasSeen = seenBy(known, folding)
  const settled = folding.entry.questions.map((question) => (question.settled || hasSeen(question.decision) ? { ...question, settled: true } : question))
  if (known.change.body.verdict !== 'askBack') return settled
  const asked = known.change.body.questions.map(({ id, field, text }) => ({
    id, field, text, askedBy: known.memberId, askedAt: known.receivedAt ?? known.change.recordedAt, decision: known.change.id, answeredBy: null, settled: false,
  }))
  return [...settled, ...asked]
}

function approvedRevision(folding: Folding, known: KnownChangeOf<'decide'>): EntryState['approved'] {
  const { revision, contentHash } = known.change.body
  const isLatest = revision === folding.entry.revision
  const { content, corrections } = isLatest ? folding.entry : revisionContent(folding, revision)
  return { revision, contentHash, content, corrections, by: known.memberId, at: known.receivedAt ?? known.change.recordedAt }
}

/** Content and corrections as they were when `revision` was the latest: the fold up to there. */
export function revisionContent({ entry, history }: Pick<Folding, 'entry' | 'history'>, revision: ChangeId): Pick<EntryState, 'content' | 'corrections'> {
  const positions = new Map(history.map((known, index) => [known.change.id, index] as const))
  let written: Written = { content: entry.content, corrections: {}, conflicts: [] }
  let isRecorded = false
  for (const known of history) {
    const { change } = known
    // Only the first record counts, as in the fold.
    if (change.type === 'record' && !isRecorded) written = { ...written, content: change.body.content }
    isRecorded ||= change.type === 'record'
    if (isRecorded && change.type === 'revise') written = writtenAfter(written, { positions, history }, { ...known, change })
    if (isRecorded && change.type === 'correct') written = writtenAfter(written, { positions, history }, { ...known, change })
    if (change.id === revision) break
  }
  return { content: written.content, corrections: written.corrections }
}

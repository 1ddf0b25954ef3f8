import type { EntryContent } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { writtenAfter } from '#domain/fold-written.ts'
import type { Folding, KnownChangeOf } from '#domain/folding.ts'
import { nextReview } from '#domain/review.ts'

/** A coordinator's correction lies beside the original, never over it; after an approval the entry waits to be read again. */
export function applyCorrection(folding: Folding, known: KnownChangeOf<'correct'>): EntryState {
  const { entry } = folding
  const { change, memberId } = known
  return {
    ...entry, ...writtenAfter(entry, folding, known),
    revision: change.id,
    review: nextReview(entry.review, 'correct') ?? entry.review,
    trail: [...entry.trail, { step: 'corrected', change: change.id, memberId, at: known.receivedAt ?? change.recordedAt, seq: known.seq }],
  }
}

/** The content as reviewed: the author's words with the coordinators' overlay on topic, place and sensitivity. */
export function correctedContent(entry: Pick<EntryState, 'content' | 'corrections'>): EntryContent {
  // Most entries have none, and are asked for again and again.
  if (Object.keys(entry.corrections).length === 0) return entry.content
  const overlay = Object.entries(entry.corrections).map(([field, { value }]) => [field, value] as const)
  return { ...entry.content, ...Object.fromEntries(overlay) }
}

import type { ChangeOf } from '#domain/change.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { KnownChangeOf } from '#domain/folding.ts'
import type { MemberId } from '#domain/ids.ts'
import { nextReview } from '#domain/review.ts'

/** A coordinator's correction lies beside the original, never over it; after an approval the entry waits to be read again. */
export function applyCorrection(entry: EntryState, known: KnownChangeOf<'correct'>): EntryState {
  const { change, memberId } = known
  return {
    ...entry,
    corrections: overlaid(entry.corrections, change, memberId),
    conflicts: entry.conflicts.filter((conflict) => !Object.hasOwn(change.body.set, conflict.field)),
    revision: change.id,
    review: nextReview(entry.review, 'correct') ?? entry.review,
    trail: [...entry.trail, { step: 'corrected', change: change.id, memberId, at: known.receivedAt ?? change.recordedAt, seq: known.seq }],
  }
}

/** The overlay after one more correction. */
export function overlaid(corrections: EntryState['corrections'], change: ChangeOf<'correct'>, memberId: MemberId): EntryState['corrections'] {
  const kept = Object.entries(corrections).filter(([field]) => !change.body.unset.includes(field))
  const laid = Object.entries(change.body.set).map(([field, value]) => [field, { value, change: change.id, memberId }] as const)
  return { ...Object.fromEntries(kept), ...Object.fromEntries(laid) }
}

/** The content as reviewed: the author's words with the coordinators' overlay on topic, place and sensitivity. */
export function correctedContent(entry: Pick<EntryState, 'content' | 'corrections'>): EntryContent {
  const overlay = Object.entries(entry.corrections).map(([field, { value }]) => [field, value] as const)
  return { ...entry.content, ...Object.fromEntries(overlay) }
}

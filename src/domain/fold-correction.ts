import type { ChangeOf } from '#domain/change.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { Folding, KnownChangeOf } from '#domain/folding.ts'
import type { MemberId } from '#domain/ids.ts'
import { nextReview } from '#domain/review.ts'

/** A coordinator's correction lies beside the original, never over it; after an approval the entry waits to be read again. */
export function applyCorrection({ entry, positions }: Folding, known: KnownChangeOf<'correct'>): EntryState {
  const { change, memberId } = known
  const seen = change.base === null ? -1 : (positions.get(change.base) ?? -1)
  return {
    ...entry,
    corrections: overlaid(entry.corrections, change, memberId),
    // Values that its author had not seen still wait for a person.
    conflicts: entry.conflicts.filter(({ field, values }) => !(Object.hasOwn(change.body.set, field) && values.every((value) => (positions.get(value.change) ?? Infinity) <= seen))),
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

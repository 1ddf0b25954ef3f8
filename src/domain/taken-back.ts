import type { EntryState } from '#domain/entry-state.ts'

/**
 * Whether its author took it back, or somebody erased it, and its author has written nothing on it since. A coordinator may open it again to
 * read it; to show it is not theirs to decide, whatever they approve.
 */
export function isTakenBack({ review, trail }: Pick<EntryState, 'review' | 'trail'>): boolean {
  if (review === 'withdrawn') return true
  const taken = trail.findLastIndex(({ step }) => step === 'withdrawn')
  return taken >= 0 && !trail.slice(taken + 1).some(({ step }) => step === 'revised')
}

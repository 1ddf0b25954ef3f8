import type { Verdict } from '#domain/change.ts'
import { verdictsFor } from '#coordinator/review/judgement.ts'
import type { Review } from '#coordinator/review/use-review.ts'
import { useKeys } from '#coordinator/shell/keys.ts'

/** The keys of an entry: a letter only chooses; nothing but Ctrl or Command with Enter, or the button, decides. */
export function useReviewKeys(review: Review, acts: { readonly onAsk: (() => void) | undefined }): void {
  const { reading, judgement } = review
  const allowed = reading === null ? [] : verdictsFor(reading)
  const choose = (verdict: Verdict) => (allowed.includes(verdict) ? () => {
    review.change({ ...judgement, verdict })
    // In a magnified window it stands behind what is read, out of sight.
    document.querySelector(`input[name="verdict"][value="${verdict}"]`)?.parentElement?.scrollIntoView({ block: 'nearest' })
  } : undefined)
  const letters = { a: choose('approve'), q: choose('askBack'), r: choose('reject'), o: choose('reopen'), f: acts.onAsk }
  useKeys({ ...Object.fromEntries(Object.entries(letters).filter(([, act]) => act !== undefined)), decide: review.decide })
}

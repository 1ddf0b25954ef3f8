import type { Verdict } from '#domain/change.ts'
import { verdictsFor } from '#coordinator/review/judgement.ts'
import type { Review } from '#coordinator/review/use-review.ts'
import { useKeys } from '#coordinator/shell/keys.ts'

interface ReviewActs {
  readonly onAsk: (() => void) | undefined
  /** The way to the entry where its words are not drawn at this moment; null where they are. */
  readonly wayThere?: () => (() => void) | null
}

/** The keys of an entry: a letter only chooses; nothing but Ctrl or Command with Enter, or the button, decides. Where nobody sees the entry, a letter leads to it. */
export function useReviewKeys(review: Review, { onAsk, wayThere = () => null }: ReviewActs): void {
  const { reading, judgement } = review
  const allowed = reading === null ? [] : verdictsFor(reading)
  const choose = (verdict: Verdict) => (allowed.includes(verdict) ? () => {
    review.change({ ...judgement, verdict })
    // Whoever goes on writing writes the question: on the page, each letter of it would be a key, and choose another verdict.
    if (verdict === 'askBack' && Object.keys(judgement.questions).length === 0) onAsk?.()
    // So it is where they stand there already: begun earlier, they took no focus. What comes only now takes it by itself.
    document.querySelector<HTMLElement>(`input[data-goes-with="${verdict}"]`)?.focus()
    // In a magnified window it stands behind what is read, out of sight.
    document.querySelector(`input[name="verdict"][value="${verdict}"]`)?.parentElement?.scrollIntoView({ block: 'nearest' })
  } : undefined)
  const letters = { a: choose('approve'), q: choose('askBack'), r: choose('reject'), o: choose('reopen'), f: onAsk }
  const inSight = Object.entries(letters).flatMap(([letter, act]) => (act === undefined ? [] : [[letter, () => (wayThere() ?? act)()] as const]))
  useKeys({ ...Object.fromEntries(inSight), decide: () => (wayThere() === null ? review.decide() : undefined) })
}

import type { Decision, EntryState } from '#domain/entry-state.ts'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import { correctedContent } from '#domain/fold-correction.ts'

/**
 * Whether two people have judged the newest revision, each without the other's verdict. Those are in the fold already: a verdict
 * that its author gave unaware of the one that counts is kept and does not count by itself; a different one leaves the entry contested.
 *
 *   decided by one ──► alone ──► the same verdict by another, unaware ──► agreed
 *                           └──► a different one ──────────────────────► differed (and contested until it is settled)
 */
export type SecondReading = { readonly state: 'alone' | 'agreed' | 'differed'; readonly first: Decision }

/** Null while nobody has approved or rejected the newest revision, or what was decided no longer stands. */
export function secondReading({ decisions, revision, review }: Pick<EntryState, 'decisions' | 'revision' | 'review'>): SecondReading | null {
  let first: Decision | null = null
  for (const decision of decisions) {
    if (decision.revision !== revision || (decision.verdict !== 'approve' && decision.verdict !== 'reject')) continue
    if (decision.applied) first = decision
    else if (first !== null && first.memberId !== decision.memberId) return { state: decision.verdict === first.verdict ? 'agreed' : 'differed', first }
  }
  return first !== null && (review === 'approved' || review === 'rejected') ? { state: 'alone', first } : null
}

/** `draw`: from 0 to below 1, computed of the entry and its revision with a key that nobody at a desk has. */
export interface Sample {
  readonly percent: number
  readonly draw: number
}

/** Whether what one person decided is to be read by a second: by the sample, and always for an approved quote where sensitivity is high. */
export function wantsSecondReading(entry: Pick<EntryState, 'content' | 'corrections' | 'review'>, sensitivity: Sensitivity, { percent, draw }: Sample): boolean {
  return draw < percent / 100 || (sensitivity === 'high' && entry.review === 'approved' && hasQuote(entry))
}

function hasQuote(entry: Pick<EntryState, 'content' | 'corrections'>): boolean {
  const { quote } = correctedContent(entry)
  return typeof quote === 'string' && quote.trim() !== ''
}

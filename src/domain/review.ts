import type { Verdict } from '#domain/change.ts'

/**
 * The review of an entry.
 *
 *   received ─┐                          approve ──► approved ─┐
 *   edited  ──┼── decide ────────────────reject ───► rejected ─┼── reopen ──► received
 *   hasIssues ┘                          askBack ──► hasIssues │
 *       ▲                                                      │
 *       └── edited ◄── revise (from any of the five) ──────────┘    approved ── correct ──► edited
 *   any ── withdraw ──► withdrawn ── reopen ──► received
 */
export const reviewStates = ['received', 'edited', 'hasIssues', 'approved', 'rejected', 'withdrawn'] as const
export type ReviewState = (typeof reviewStates)[number]

export type ReviewEvent = Verdict | 'revise' | 'correct' | 'withdraw'

/** The state after an event, or null when the event means nothing in this state (it is kept, and changes nothing). */
export function nextReview(state: ReviewState, event: ReviewEvent): ReviewState | null {
  switch (event) {
    case 'withdraw':
      return 'withdrawn'
    case 'revise':
      return state === 'withdrawn' ? null : 'edited'
    case 'correct':
      return state === 'approved' ? 'edited' : null
    case 'reopen':
      return state === 'approved' || state === 'rejected' || state === 'withdrawn' ? 'received' : null
    case 'approve':
      return isOpen(state) ? 'approved' : null
    case 'reject':
      return isOpen(state) ? 'rejected' : null
    case 'askBack':
      return isOpen(state) ? 'hasIssues' : null
  }
}

/** Whether an entry in this state waits for a coordinator or its author. */
export function isOpen(state: ReviewState): boolean {
  return state === 'received' || state === 'edited' || state === 'hasIssues'
}

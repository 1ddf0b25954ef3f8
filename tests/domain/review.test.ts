import { describe, expect, it } from 'vitest'
import { isOpen, nextReview, reviewStates } from '#domain/review.ts'
import type { ReviewEvent, ReviewState } from '#domain/review.ts'

/** The whole table: state by event, `-` where the event means nothing. */
const table: Readonly<Record<ReviewState, Readonly<Record<ReviewEvent, ReviewState | '-'>>>> = {
  received: { approve: 'approved', askBack: 'hasIssues', reject: 'rejected', reopen: '-', revise: 'edited', correct: '-', withdraw: 'withdrawn' },
  edited: { approve: 'approved', askBack: 'hasIssues', reject: 'rejected', reopen: '-', revise: 'edited', correct: '-', withdraw: 'withdrawn' },
  hasIssues: { approve: 'approved', askBack: 'hasIssues', reject: 'rejected', reopen: '-', revise: 'edited', correct: '-', withdraw: 'withdrawn' },
  approved: { approve: '-', askBack: '-', reject: '-', reopen: 'received', revise: 'edited', correct: 'edited', withdraw: 'withdrawn' },
  rejected: { approve: '-', askBack: '-', reject: '-', reopen: 'received', revise: 'edited', correct: '-', withdraw: 'withdrawn' },
  withdrawn: { approve: '-', askBack: '-', reject: '-', reopen: 'received', revise: '-', correct: '-', withdraw: 'withdrawn' },
}

describe('the review of an entry', () => {
  it.each(reviewStates)('[DO10] from "%s" every event leads where the table says, or means nothing', (state) => {
    for (const [event, next] of Object.entries(table[state])) expect([event, nextReview(state, event as ReviewEvent) ?? '-']).toEqual([event, next])
  })

  it('[DO10] exactly what a coordinator may decide on is open', () => {
    for (const state of reviewStates) expect(isOpen(state)).toBe(nextReview(state, 'approve') !== null)
  })
})

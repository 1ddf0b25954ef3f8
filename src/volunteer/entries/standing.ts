import type { LocalEntry } from '#device/device.ts'
import type { Comment, Question } from '#domain/entry-state.ts'

/** Where an entry stands, in the author's eyes: one mark and one word, the same on every screen. */
export const standings = ['here', 'sending', 'received', 'safe', 'edited', 'question', 'approved', 'published', 'rejected', 'withdrawn', 'contested'] as const
export type Standing = (typeof standings)[number]

/** What waits for the author comes first, then what is still only here, then what the coordinators said. */
export function standingOf(entry: LocalEntry): Standing {
  if (openQuestions(entry).length > 0) return 'question'
  if (entry.state.review === 'withdrawn') return 'withdrawn'
  if (entry.travel === 'here' || entry.travel === 'sending') return entry.travel
  if (entry.state.contested) return 'contested'
  if (entry.state.review === 'received') return entry.travel
  if (entry.state.review === 'approved' && entry.report !== null) return 'published'
  return entry.state.review === 'hasIssues' ? 'edited' : entry.state.review
}

/** Questions that the author has neither answered nor need to answer any more. */
export function openQuestions({ state }: LocalEntry): readonly Question[] {
  return state.review === 'withdrawn' ? [] : state.questions.filter((question) => question.answeredBy === null && !question.settled)
}

export interface AskedQuestion {
  readonly entry: LocalEntry
  readonly question: Question
}

export function questionsIn(entries: readonly LocalEntry[]): readonly AskedQuestion[] {
  return entries.flatMap((entry) => openQuestions(entry).map((question) => ({ entry, question })))
}

export interface UnreadComment {
  readonly entry: LocalEntry
  /** The newest. */
  readonly comment: Comment
}

/** What others wrote and the author has not been shown: the newest of each entry. */
export function unreadIn(entries: readonly LocalEntry[]): readonly UnreadComment[] {
  return entries.flatMap((entry) => {
    const comment = entry.state.comments.findLast(({ change }) => entry.unread.includes(change))
    return comment === undefined ? [] : [{ entry, comment }]
  })
}

/** What the coordinator wrote for not using it; undefined while it is not set aside, and where nothing was written. */
export function reasonNotUsed({ state }: LocalEntry): string | undefined {
  if (state.review !== 'rejected') return undefined
  const reason = state.trail.findLast((step) => step.step === 'reject')?.reason
  return reason === '' ? undefined : reason
}

import type { EntryState } from '#domain/entry-state.ts'

/** Whether somebody waits for an answer of the author, or wrote to them: all that a first screen may have to show of an old entry, and more. */
export function isAsking({ author, questions, comments }: Pick<EntryState, 'author' | 'questions' | 'comments'>): boolean {
  return questions.some(({ answeredBy, settled }) => answeredBy === null && !settled) || comments.some(({ memberId }) => memberId !== author)
}

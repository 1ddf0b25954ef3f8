import { Note } from '#ui/note/note.tsx'
import type { Adding } from '#volunteer/photos/additions.ts'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** What became of the photos that were to come into the draft, where not all of them did. */
export function AddingNote({ adding, areWordsKept }: { readonly adding: Adding; readonly areWordsKept: boolean }) {
  const { say } = useWords()
  // Where there is no room for words either, that is said beside it, and nothing may say that they are kept.
  const isFull = adding.phase === 'not-kept' && adding.problem.kind === 'photo-full'
  return (
    <>
      {adding.phase === 'unreadable' ? <Note tone="stop" live="alert">{say('photo.failed')}</Note> : null}
      {adding.phase === 'cut-off' ? <Note tone="ask" live="alert">{say('photo.cutOff')}</Note> : null}
      {adding.phase === 'late' ? <Note tone="ask" live="alert">{say('photo.late')}</Note> : null}
      {adding.phase === 'too-many' ? <Note tone="ask" live="alert">{say('photo.tooMany')}</Note> : null}
      {isFull && !areWordsKept ? <Note tone="stop" live="alert">{say('photo.notKept')}</Note> : <SaveProblemNote problem={adding.phase === 'not-kept' ? adding.problem : null} />}
    </>
  )
}

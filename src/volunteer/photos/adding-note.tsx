import { Note } from '#ui/note/note.tsx'
import type { Adding } from '#volunteer/photos/additions.ts'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** What became of the photos that were to come into the draft, where not all of them did. */
export function AddingNote({ adding }: { readonly adding: Adding }) {
  const { say } = useWords()
  return (
    <>
      {adding.phase === 'unreadable' ? <Note tone="stop" live="alert">{say('photo.failed')}</Note> : null}
      {adding.phase === 'late' ? <Note tone="ask" live="alert">{say('photo.late')}</Note> : null}
      {adding.phase === 'too-many' ? <Note tone="ask" live="alert">{say('photo.tooMany')}</Note> : null}
      <SaveProblemNote problem={adding.phase === 'not-kept' ? adding.problem : null} />
    </>
  )
}

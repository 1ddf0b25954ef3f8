import type { SaveProblem } from '#device/device.ts'
import { Note } from '#ui/note/note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

/** Why a save did not happen, and what to do; nothing that was written is lost by it. */
export function SaveProblemNote({ problem, id }: { readonly problem: SaveProblem | null; readonly id?: string | undefined }) {
  const words = useWords()
  return problem === null ? null : <Note id={id} tone="stop" icon="warning" live="alert">{saySaveProblem(words, problem)}</Note>
}

function saySaveProblem({ say, field, format }: Words, problem: SaveProblem): string {
  switch (problem.kind) {
    case 'storage-full':
      return say('saveFull')
    case 'photo-full':
      return say('savePhotoFull')
    case 'storage-failed':
      // Only words can be too late for a draft: they stand on the screen, and in nothing else.
      return problem.name === 'no-draft' ? say('record.gone') : say('saveFailed', { name: problem.name })
    case 'incomplete':
      return say('saveIncomplete', { fields: format.list(problem.fields.map(field)) })
  }
}

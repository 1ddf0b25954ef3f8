import { Note } from '#ui/note/note.tsx'
import type { KeptDraft } from '#volunteer/record/draft-keeper.ts'
import styles from '#volunteer/record/record.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Where a screen says why something is not kept: below its last question. */
export const saveProblemId = 'save-problem'

/** Whether what was written is on the disk. Where it is not, the words lead to the reason: it may stand a screen further down than the caret. */
export function DraftKept({ kept }: { readonly kept: KeptDraft }) {
  const { say } = useWords()
  if (kept.problem === null) return <span className={styles.kept}>{say(kept.isDirty ? 'record.keeping' : 'record.kept')}</span>
  const handleClick = (): void => document.querySelector(`#${saveProblemId}`)?.scrollIntoView({ block: 'center' })
  return <button type="button" className={styles.notKept} aria-describedby={saveProblemId} onClick={handleClick}>{say('record.notKept')}</button>
}

/** Above everything, because it stands where another draft stood a moment ago. */
export function LateNote({ kept }: { readonly kept: KeptDraft }) {
  const { say } = useWords()
  return kept.late === null ? null : <Note tone="ask" live="status">{say('record.late')}</Note>
}

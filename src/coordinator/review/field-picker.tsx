import { useEffect, useRef } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'
import { goToQuestion } from '#coordinator/review/ask-panel.tsx'
import { askableFields } from '#coordinator/review/field-list.ts'
import { withQuestion } from '#coordinator/review/judgement.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/review.module.css'
import type { Review } from '#coordinator/review/use-review.ts'
import { Dialog } from '#ui/dialog/dialog.tsx'

/** By keyboard: which field is the question about? Choosing one opens the question at its place. It begins on a field: a blank of somebody who writes on would press the close button, and the rest would be keys. */
export function FieldPicker({ reading, review, onClose }: { readonly reading: Reading; readonly review: Review; readonly onClose: () => void }) {
  const { words } = useDesk()
  const picked = useRef<string | null>(null)
  const pick = (field: string) => {
    if (!Object.hasOwn(review.judgement.questions, field)) review.change(withQuestion(review.judgement, field, ''))
    picked.current = field
    onClose()
  }
  // The dialog gives the focus back as it goes; one that stands there already takes it after that, as one that is opened does.
  useEffect(() => () => {
    if (picked.current !== null) goToQuestion(picked.current)
  }, [])
  return (
    <Dialog title={words.say('ask.pick')} closeLabel={words.say('keys.close')} onClose={onClose}>
      <ul className={styles.picker}>
        {askableFields(reading.entry.content).map((field, at) => <li key={field}><button type="button" data-first-focus={at === 0 ? true : undefined} onClick={() => pick(field)}>{words.field(field)}</button></li>)}
      </ul>
    </Dialog>
  )
}

import { useEffect, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'
import { goToQuestion } from '#coordinator/review/ask-panel.tsx'
import { askableFields } from '#coordinator/review/field-list.ts'
import { withQuestion } from '#coordinator/review/judgement.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/review.module.css'
import type { Review } from '#coordinator/review/use-review.ts'
import { Dialog } from '#ui/dialog/dialog.tsx'

/** What is typed behind a longer rest begins another name. */
const restMs = 1000

/**
 * By keyboard: which field is the question about? Arrows walk, the letters of a name lead to it, and Enter opens the question at its place. It begins on
 * a field: a blank of somebody who writes on would press the close button, and the rest would be keys. What begins no name is such a question.
 */
export function FieldPicker({ reading, review, onClose }: { readonly reading: Reading; readonly review: Review; readonly onClose: () => void }) {
  const { words } = useDesk()
  const picked = useRef<string | null>(null)
  const typed = useRef({ text: '', atMs: 0 })
  const fields = askableFields(reading.entry.content)
  const pick = (field: string, text = '') => {
    const { questions } = review.judgement
    const asked = Object.hasOwn(questions, field) ? questions[field] : undefined
    if (asked === undefined || text !== '') review.change(withQuestion(review.judgement, field, [asked ?? '', text].filter((part) => part !== '').join(' ')))
    picked.current = field
    onClose()
  }
  // The dialog gives the focus back as it goes; one that stands there already takes it after that, as one that is opened does.
  useEffect(() => () => {
    if (picked.current !== null) goToQuestion(picked.current)
  }, [])
  const handleKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const buttons = [...(event.currentTarget.closest('ul')?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(event.currentTarget)
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const before = event.timeStamp - typed.current.atMs < restMs ? typed.current.text : ''
    const isLetter = [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && before + event.key !== ' '
    if (step === 0 && !isLetter) return
    event.preventDefault()
    if (step !== 0) return buttons[at + step]?.focus()
    const text = before + event.key
    typed.current = { text, atMs: event.timeStamp }
    const named = nextNamed(fields.map((field) => words.field(field)), text, at)
    if (named !== null) buttons[named]?.focus()
    else if (fields[0] !== undefined) pick(fields[0], text)
  }
  return (
    <Dialog title={words.say('ask.pick')} closeLabel={words.say('keys.close')} onClose={onClose}>
      <p className={styles.quiet}>{words.say('ask.pickHint')}</p>
      <ul className={styles.picker}>
        {fields.map((field, at) => <li key={field}><button type="button" data-first-focus={at === 0 ? true : undefined} onKeyDown={handleKeyDown} onClick={() => pick(field)}>{words.field(field)}</button></li>)}
      </ul>
    </Dialog>
  )
}

/** The next name that begins so, from where one stands; the same letter again leads to the one after it. */
function nextNamed(names: readonly string[], text: string, at: number): number | null {
  const sought = text.toLocaleLowerCase()
  const isSame = [...sought].every((letter) => letter === sought[0])
  const begins = (one: string, by: string): boolean => one.toLocaleLowerCase().startsWith(by)
  const order = names.map((_, index) => (at + index + (isSame ? 1 : 0)) % names.length)
  return order.find((index) => begins(names[index] ?? '', sought)) ?? (isSame ? order.find((index) => begins(names[index] ?? '', sought[0] ?? '')) : undefined) ?? null
}

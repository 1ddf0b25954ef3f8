import { useEffect, useId, useRef } from 'react'
import type { RefObject } from 'react'
import { ownValue } from '#domain/own-value.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { withoutQuestion, withQuestion } from '#coordinator/review/judgement.ts'
import type { Judgement } from '#coordinator/review/judgement.ts'
import { usePasteGuard } from '#coordinator/limited-text.tsx'
import styles from '#coordinator/review/question.module.css'
import { Icon } from '#ui/icon/icon.tsx'

/** What the fields need in order to carry questions; null when the entry is not open for one. */
export interface Asking {
  readonly judgement: Judgement
  readonly onChange: (judgement: Judgement) => void
  /** The entry has become one for a second reader: no question is put any more, and one that was written is taken away by hand. */
  readonly isClosed: boolean
  /** That nobody would get a question, in words; null where its author may. */
  readonly nobody: string | null
  /** Whether the entry has stood there before: a question that was begun earlier comes with it, one that is opened now comes later. */
  readonly stands: RefObject<boolean>
}

export function isAskable(asking: Asking | null): boolean {
  return asking !== null && !asking.isClosed
}

/** Whether a question has been put on a field, were it only begun; a field of a newer app may have any name. */
export function isAsked(asking: Asking | null, field: string): boolean {
  return asking !== null && Object.hasOwn(asking.judgement.questions, field)
}

/** To where the question on a field is written, if it stands there. */
export function goToQuestion(field: string): void {
  const questions = [...document.querySelectorAll<HTMLInputElement>('input[data-asks]')]
  const input = questions.find(({ dataset }) => dataset['asks'] === field)
  input?.focus()
  // Behind what stands there already: it is written on.
  input?.setSelectionRange(input.value.length, input.value.length)
}

/** The "?" beside a field: opens the question there, or goes to it. */
export function AskButton({ field, asking }: { readonly field: string; readonly asking: Asking | null }) {
  const { words } = useDesk()
  if (asking === null || asking.isClosed) return null
  const isOpen = isAsked(asking, field)
  const handleClick = () => (isOpen ? goToQuestion(field) : asking.onChange({ ...withQuestion(asking.judgement, field, ''), verdict: asking.judgement.verdict }))
  return (
    <button type="button" className={styles.askButton} aria-label={words.say('ask.about', { field: words.field(field) })} aria-expanded={isOpen} onClick={handleClick}>
      <Icon name="question" size="text" />
    </button>
  )
}

const longestQuestion = 500

/** The question at its field. It goes out with "ask back", so putting one chooses nothing. */
export function AskPanel({ field, asking }: { readonly field: string; readonly asking: Asking | null }) {
  const { say } = useDesk().words
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const { words: pasted, onPaste, forget } = usePasteGuard(longestQuestion)
  const text = asking === null ? undefined : ownValue(asking.judgement.questions, field)
  const isShown = text !== undefined
  const stands = asking?.stands
  useEffect(() => {
    // Where it comes with the entry somebody walks on by keys, and they would be letters of the question; where another window opens it somebody may write.
    if (isShown && stands?.current === true && !isWritten(document.activeElement)) input.current?.focus()
  }, [isShown, stands])
  if (asking === null || text === undefined) return null
  const handleChange = (next: string): void => {
    forget()
    asking.onChange(withQuestion(asking.judgement, field, next))
  }
  return (
    <div className={styles.ask}>
      <label htmlFor={id}>{say('ask.label')}</label>
      <div className={styles.askLine}>
        <input ref={input} id={id} data-goes-with="askBack" data-asks={field} dir={text === '' ? undefined : 'auto'} maxLength={longestQuestion} value={text} readOnly={asking.isClosed} autoComplete="off" onPaste={onPaste} onChange={(event) => handleChange(event.target.value)} />
        <button type="button" className={styles.askButton} aria-label={say('ask.remove')} onClick={() => asking.onChange(withoutQuestion(asking.judgement, field))}><Icon name="close" size="text" /></button>
      </div>
      {/* Below it: beside the list the field would hold some twenty letters. */}
      {asking.isClosed ? null : <span className={styles.hint}>{say('ask.goesOut')}</span>}
      {asking.nobody === null ? null : <span className={styles.nobody}><Icon name="warning" size="text" />{asking.nobody}</span>}
      {pasted === undefined ? null : <span className={styles.hint} role="alert">{pasted}</span>}
    </div>
  )
}

function isWritten(focused: Element | null): boolean {
  return focused instanceof HTMLTextAreaElement || (focused instanceof HTMLInputElement && focused.type === 'text')
}

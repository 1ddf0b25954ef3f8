import { useRef, useState } from 'react'
import type { SubmitEvent } from 'react'
import type { ChangeId } from '#domain/ids.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useBegun } from '#coordinator/review/begun.ts'
import { KeptBegun } from '#coordinator/review/kept-begun.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/side.module.css'
import { LimitedArea } from '#coordinator/limited-text.tsx'
import { useGoneOut } from '#coordinator/use-gone-out.ts'
import { Button } from '#ui/button/button.tsx'

type Outcome = 'sent' | 'kept' | 'failed'

/** Written here since the entry was read. */
interface Added {
  readonly change: ChangeId
  readonly text: string
}

const none: { readonly text: string; readonly lang: string | null } = { text: '', lang: null }

/** What was said about the entry, and a line to add to it. A comment written here travels like every other change. */
export function Comments({ reading, fieldId }: { readonly reading: Reading; readonly fieldId: string }) {
  const { device, words } = useDesk()
  const { say } = words
  const on = `comment ${reading.entry.id}`
  const { value: begun, put } = useBegun(on, none)
  const { text } = begun
  const [added, setAdded] = useState<readonly Added[]>([])
  const [head, setHead] = useState<ChangeId | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const { entry, members } = reading
  useGoneOut(outcome === 'kept', () => setOutcome('sent'))
  /** Words that were sent and stand in the field still: a second press means the same comment. */
  const going = useRef<string | null>(null)

  async function add(comment: string, lang: string): Promise<void> {
    const kept = await device.commentAs(entry.id, head ?? entry.head, comment, lang)
    if (!kept.ok) {
      going.current = null
      setOutcome('failed')
      return
    }
    setHead(kept.value)
    setAdded((before) => [...before, { change: kept.value, text: comment }])
    put(none)
    const state = await device.flush()
    setOutcome(state.pendingChanges === 0 ? 'sent' : 'kept')
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (text.trim() === '' || going.current === text) return
    going.current = text
    void add(text.trim(), begun.lang ?? words.locale)
  }
  const handleChange = (next: string): void => {
    going.current = null
    // The first words settle in which language they are, whoever switches afterwards.
    put(next.trim() === '' ? { ...none, text: next } : { text: next, lang: text.trim() === '' ? words.locale : (begun.lang ?? words.locale) })
  }
  return (
    <section>
      <h2>{say('comments.title')}</h2>
      {entry.comments.length + added.length === 0 ? <p className={styles.quiet}>{say('comments.none')}</p> : null}
      <ul className={styles.list}>
        {entry.comments.map((comment) => (
          <li key={comment.change}>
            <span className={styles.said} lang={comment.lang} dir="auto">{comment.text}</span>
            <span className={styles.quiet}>{words.dots([members.get(comment.memberId)?.name ?? '', ...(comment.at === null ? [] : [words.time.instant(comment.at)])])}</span>
          </li>
        ))}
        {added.filter((own) => !entry.comments.some(({ change }) => change === own.change)).map((own) => <li key={own.change}><span className={styles.said} dir="auto">{own.text}</span></li>)}
      </ul>
      <form autoComplete="off" className={styles.comment} onSubmit={handleSubmit}>
        <KeptBegun on={on} />
        <LimitedArea id={fieldId} label={say('comments.write')} rows={2} maxLength={2000} value={text} onChange={handleChange} />
        <Button type="submit" isDisabled={text.trim() === ''}>{say('comments.send')}</Button>
      </form>
      <p role="status" className={styles.quiet}>{outcome === null ? '' : say(`comments.${outcome}`)}</p>
    </section>
  )
}

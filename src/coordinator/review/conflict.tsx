import { useState } from 'react'
import type { SubmitEvent } from 'react'
import type { EntryState } from '#domain/entry-state.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/review/conflict.module.css'
import { FieldValue } from '#coordinator/review/field-value.tsx'
import { otherInputOf, otherValueOf } from '#coordinator/review/other-value.ts'
import type { OtherInput } from '#coordinator/review/other-value.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import { useCorrect } from '#coordinator/review/use-correction.ts'
import type { OnWritten } from '#coordinator/review/use-correction.ts'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'

interface ConflictProps {
  readonly conflict: EntryState['conflicts'][number]
  readonly reading: Reading
  readonly onSettled: OnWritten
}

/** Two values of one field, written unaware of each other: who wrote which and when, and a person's choice between them. */
export function Conflict({ conflict, reading, onSettled }: ConflictProps) {
  const { device, words } = useDesk()
  const { say } = words
  const { field, values } = conflict
  const input = otherInputOf(field, values.map(({ value }) => value))
  const [chosen, setChosen] = useState<string | null>(null)
  const [other, setOther] = useState('')
  const [phase, setPhase] = useState<'sending' | 'failed' | null>(null)
  const correct = useCorrect(reading, onSettled)
  const value = chosen === 'other' ? (input === null ? undefined : otherValueOf(field, other, input)) : values.find(({ change }) => change === chosen)?.value
  const isOff = value === undefined || phase === 'sending'

  async function settle(): Promise<void> {
    setPhase('sending')
    // Kept, it is settled in what is read here, and the question is gone.
    if (!(await correct({ [field]: value }))) return setPhase('failed')
    setPhase(null)
    if ((await device.flush()).pendingChanges === 0) onSettled(null)
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isOff) void settle()
  }
  return (
    <Note tone="stop" icon="split" title={say('entry.conflictTitle')}>
      <form autoComplete="off" className={styles.form} onSubmit={handleSubmit}>
        <fieldset className={styles.values}>
          <legend>{say('conflict.legend', { field: words.field(field) })}</legend>
          {values.map(({ change, value: one }) => (
            <label key={change} className={styles.value}>
              <input type="radio" name={`conflict-${field}`} disabled={one === undefined} checked={chosen === change} onChange={() => setChosen(change)} />
              <span>
                {one === undefined ? say('conflict.empty') : <FieldValue field={field} value={one} />}
                <span className={styles.who}>{whoWrote(change, reading, words)}</span>
              </span>
            </label>
          ))}
          {input === null ? null : (
            <label className={styles.value}>
              <input type="radio" name={`conflict-${field}`} checked={chosen === 'other'} onChange={() => setChosen('other')} />
              <span>{say('conflict.other')}</span>
            </label>
          )}
        </fieldset>
        {chosen === 'other' && input !== null ? <OtherField field={field} input={input} value={other} onChange={setOther} /> : null}
        <p className={styles.who}>{say('conflict.note')}</p>
        <Button type="submit" isDisabled={isOff}>{say('conflict.keep')}</Button>
        <p role={phase === 'failed' ? 'alert' : 'status'} className={styles.phase}>{phase === null ? '' : say(`conflict.${phase}`)}</p>
      </form>
    </Note>
  )
}

function OtherField({ field, input, value, onChange }: { readonly field: string; readonly input: OtherInput; readonly value: string; readonly onChange: (value: string) => void }) {
  const { words } = useDesk()
  const label = words.say('conflict.other')
  if (input.kind === 'code') {
    return (
      <select className={styles.input} aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{words.say('conflict.choose')}</option>
        {input.codes.map((code) => <option key={code} value={code}>{words.code(field, code)}</option>)}
      </select>
    )
  }
  if (input.kind === 'day') return <input className={styles.input} type="date" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} />
  if (input.kind === 'number') return <input className={styles.input} inputMode="numeric" dir="ltr" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} />
  return <textarea className={styles.input} rows={3} dir="auto" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} />
}

function whoWrote(change: string, { history, members }: Reading, words: ReturnType<typeof useDesk>['words']): string {
  const known = history.find((one) => one.change.id === change)
  if (known === undefined) return ''
  return words.dots([members.get(known.memberId)?.name ?? words.say('aside.nobody'), words.say('conflict.written', { date: words.time.instant(known.change.recordedAt) })])
}

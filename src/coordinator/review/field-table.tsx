import type { ReactNode } from 'react'
import { ownValue } from '#domain/own-value.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { AskButton, AskPanel, isAskable, isAsked } from '#coordinator/review/ask-panel.tsx'
import type { Asking } from '#coordinator/review/ask-panel.tsx'
import { AskedBefore } from '#coordinator/review/asked-before.tsx'
import { useIsBegun } from '#coordinator/review/begun.ts'
import { CorrectButton, CorrectField } from '#coordinator/review/correct-field.tsx'
import { CorrectionWord } from '#coordinator/review/correction-word.tsx'
import { editorFor } from '#coordinator/review/field-editor.ts'
import { fieldsOf, valueOf } from '#coordinator/review/field-list.ts'
import { FieldValue } from '#coordinator/review/field-value.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import acts from '#coordinator/review/question.module.css'
import styles from '#coordinator/review/field-table.module.css'
import around from '#coordinator/review/review.module.css'
import { useCorrection } from '#coordinator/review/use-correction.ts'
import type { OnWritten } from '#coordinator/review/use-correction.ts'
import { classNames } from '#ui/class-names.ts'
import { Icon } from '#ui/icon/icon.tsx'
import { useKeptFocus } from '#ui/page/use-kept-focus.ts'

/** Everything that the author gave, one field a line; the place of the answer is the place of the question. */
export function FieldTable({ reading, asking, isCompact, onWritten }: { readonly reading: Reading; readonly asking: Asking | null; readonly isCompact: boolean; readonly onWritten: OnWritten }) {
  const { words } = useDesk()
  const { content } = reading.entry
  const { given, absent } = fieldsOf(content)
  // A form goes with what is written in it, and the focus back to its field.
  const table = useKeptFocus()
  return (
    <section ref={table}>
      <dl className={isCompact ? styles.factsCompact : styles.facts} aria-label={words.say('entry.fields')}>
        {given.map((field) => (
          <FieldRow key={field} field={field} reading={reading} asking={asking} onWritten={onWritten}><FieldValue field={field} value={valueOf(content, field)} content={content} /></FieldRow>
        ))}
      </dl>
      {absent.length === 0 ? null : (
        <details className={styles.absent} open={absent.some((field) => isAsked(asking, field))}>
          <summary>{words.say('entry.notGiven', { count: absent.length })}<Icon name="chevron-down" size="text" /></summary>
          <dl className={isCompact ? styles.factsCompact : styles.facts}>
            {absent.map((field) => <FieldRow key={field} field={field} reading={reading} asking={asking} onWritten={onWritten}><span className={around.quiet}>{words.say('ask.nothing')}</span></FieldRow>)}
          </dl>
        </details>
      )}
    </section>
  )
}

function FieldRow({ field, reading, asking, onWritten, children }: { readonly field: string; readonly reading: Reading; readonly asking: Asking | null; readonly onWritten: OnWritten; readonly children: ReactNode }) {
  const { words } = useDesk()
  const conflict = reading.entry.conflicts.find((one) => one.field === field)
  const correction = ownValue(reading.entry.corrections, field)
  const begunOn = `correct ${reading.entry.id} ${field}`
  const correcting = useCorrection(reading, onWritten, useIsBegun(begunOn))
  const value = correction?.value ?? valueOf(reading.entry.content, field)
  // The name of a region that has a code counts for nothing: another one is another region.
  const isNameOfCode = field === 'adm1Name' && valueOf(reading.entry.content, 'adm1Code') !== undefined
  // Where two values wait to be settled, that comes first.
  const isCorrectable = isAskable(asking) && !isNameOfCode && conflict === undefined && correcting.phase !== 'kept' && value !== undefined && editorFor(field, value, words) !== null
  return (
    <div className={styles.fact} data-field={field} data-asked={isAsked(asking, field) ? 'true' : undefined}>
      <dt>{words.field(field)}</dt>
      <dd>
        {children}
        {correction === undefined ? null : <Corrected field={field} value={correction.value} name={reading.members.get(correction.memberId)?.name ?? words.say('people.coordinator')} />}
      </dd>
      <dd className={classNames(styles.factAsk, acts.factActs)}>{isCorrectable ? <CorrectButton field={field} correcting={correcting} /> : null}<AskButton field={field} asking={asking} /></dd>
      {/* Another one without the form: the focus looks for what stands nearest in what is left, and that is the field. */}
      <dd key={isCorrectable && correcting.isOpen ? 'form' : 'words'} className={styles.factBelow}>
        {conflict === undefined ? null : (
          <p className={around.quiet}>{words.say('conflict.above')}</p>
        )}
        <AskedBefore reading={reading} field={field} />
        <AskPanel field={field} asking={asking} />
        {isCorrectable && correcting.isOpen ? <CorrectField on={begunOn} field={field} value={value} correcting={correcting} /> : null}
        {correcting.phase === null ? null : <CorrectionWord phase={correcting.phase} />}
      </dd>
    </div>
  )
}

function Corrected({ field, value, name }: { readonly field: string; readonly value: unknown; readonly name: string }) {
  const { words } = useDesk()
  return <p className={styles.corrected}>{words.say('entry.correctedTo', { value: words.value(field, value), name })}</p>
}

import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { isFieldValue } from '#domain/entry.ts'
import { transcriptMethod, transcriptMethods } from '#domain/laid-beside.ts'
import type { TranscriptMethod } from '#domain/laid-beside.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useBegun, useIsBegun } from '#coordinator/review/begun.ts'
import { CorrectionWord } from '#coordinator/review/correction-word.tsx'
import { KeptBegun } from '#coordinator/review/kept-begun.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/review.module.css'
import { useCorrection } from '#coordinator/review/use-correction.ts'
import type { Correcting, OnWritten } from '#coordinator/review/use-correction.ts'
import { useFirstField } from '#coordinator/review/use-first-field.ts'
import ownStyles from '#coordinator/review/voice-note.module.css'
import { LimitedArea } from '#coordinator/limited-text.tsx'
import { Button } from '#ui/button/button.tsx'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { Words } from '#ui/words/words.tsx'

interface TranscriptionProps {
  readonly reading: Reading
  readonly onWritten: OnWritten
  readonly canWrite: boolean
}

/**
 * What a voice note says, written down by a coordinator: a correction of the description that lies beside the voice, with the name
 * of who wrote it and how. Where the author wrote a description themselves, none is offered.
 */
export function Transcription({ reading, onWritten, canWrite }: TranscriptionProps) {
  const { words } = useDesk()
  const { say } = words
  const { entry, members } = reading
  const correcting = useCorrection(reading, onWritten, useIsBegun(begunOn(entry)))
  const { isOpen, phase } = correcting
  const method = transcriptMethod(entry)
  const correction = method === null ? undefined : entry.corrections['description']
  const written = typeof correction?.value === 'string' ? correction.value : null
  if (written === null && entry.content.description !== undefined) return null
  return (
    <div className={ownStyles.transcription}>
      {correction === undefined || written === null || method === null ? null : (
        <figure className={styles.translation}>
          <figcaption className={styles.label}>{say(`transcript.by.${method}`, { name: members.get(correction.memberId)?.name ?? say('people.coordinator') })}</figcaption>
          <Words as="blockquote" size="l" lang={entry.content.lang}>{written}</Words>
          <p className={styles.quiet}>{say('transcript.whose')}</p>
        </figure>
      )}
      {isOpen ? <TranscriptForm reading={reading} first={written ?? ''} firstMethod={method ?? 'verbatim'} correcting={correcting} /> : null}
      {!isOpen && canWrite && phase !== 'kept' ? <Button icon="edit" onClick={correcting.open}>{say(written === null ? 'transcript.write' : 'transcript.change')}</Button> : null}
      <CorrectionWord phase={phase} />
    </div>
  )
}

const begunOn = ({ id }: Reading['entry']) => `transcript ${id}`

interface FormProps {
  readonly reading: Reading
  readonly first: string
  readonly firstMethod: TranscriptMethod
  readonly correcting: Correcting
}

function TranscriptForm({ reading: { entry }, first, firstMethod, correcting }: FormProps) {
  const { words: { say, language } } = useDesk()
  const id = useId()
  const { value: { text, method }, put, forget } = useBegun(begunOn(entry), { text: first, method: firstMethod })
  const [isTried, setTried] = useState(false)
  const form = useFirstField(correcting)
  const description = text.trim()
  const isNew = description !== first || method !== firstMethod
  const isRight = isFieldValue('description', description)

  const giveUp = () => {
    forget()
    correcting.close()
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (isRight && isNew) correcting.keep({ description, descriptionMethod: method }, forget)
  }
  return (
    <form ref={form} autoComplete="off" className={ownStyles.form} noValidate data-dirty={isNew} onSubmit={handleSubmit}>
      <KeptBegun on={begunOn(entry)} />
      <LimitedArea id={id} label={say('transcript.label', { language: language(entry.content.lang) })} hint={say('transcript.hint')} error={isTried && !isRight ? say('transcript.tooShort') : undefined} rows={5} maxLength={2000} lang={entry.content.lang} value={text} onChange={(next) => put({ text: next, method })} />
      <ChooseOne label={say('transcript.method')} layout="inline" choices={transcriptMethods.map((value) => ({ value, label: say(`transcript.method.${value}`) }))} value={method} onChange={(next) => put({ text, method: next })} />
      <div className={ownStyles.acts}>
        <Button look="main" type="submit">{say('transcript.keep')}</Button>
        <Button look="plain" onClick={giveUp}>{say('transcript.cancel')}</Button>
      </div>
    </form>
  )
}

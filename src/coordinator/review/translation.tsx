import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { translationIn, translators } from '#domain/laid-beside.ts'
import type { Translator } from '#domain/laid-beside.ts'
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

/** Reports are written in it; every other language gets a translation laid beside it. */
const target = 'en'

interface TranslationProps {
  readonly reading: Reading
  readonly onWritten: OnWritten
  readonly canWrite: boolean
}

/** A translation that a coordinator laid beside the original: always with its original next to it, with who laid it there and how it was made. */
export function Translation({ reading, onWritten, canWrite }: TranslationProps) {
  const { words: { say } } = useDesk()
  const { entry, members } = reading
  const correcting = useCorrection(reading, onWritten, useIsBegun(begunOn(entry)))
  const correction = entry.corrections['descriptionEn']
  const translation = translationIn(correction?.value)
  const hasOriginal = (entry.corrections['description']?.value ?? entry.content.description) !== undefined
  const isNeeded = hasOriginal && !new RegExp(`^${target}\\b`, 'i').test(entry.content.lang)
  if (translation === null && !(isNeeded && canWrite)) return null
  const earlier = translation === null ? earlierTranslation(reading) : null
  return (
    <div className={ownStyles.transcription}>
      {translation === null ? null : (
        <figure className={styles.translation}>
          <figcaption className={styles.label}>{say(`entry.translation.${translation.translator}`, { name: members.get(correction?.memberId ?? '')?.name ?? say('people.coordinator') })}</figcaption>
          <Words as="blockquote" size="l" lang={target}>{translation.text}</Words>
        </figure>
      )}
      {earlier === null || correcting.phase === 'kept' ? null : <p className={styles.quiet}>{say('translate.earlier')}</p>}
      {correcting.isOpen ? <TranslationForm on={begunOn(entry)} first={translation ?? earlier} stands={translation !== null} correcting={correcting} /> : null}
      {!correcting.isOpen && canWrite && isNeeded && correcting.phase !== 'kept' ? <Button icon="edit" onClick={correcting.open}>{say(translation === null ? 'translate.write' : 'translate.change')}</Button> : null}
      <CorrectionWord phase={correcting.phase} />
    </div>
  )
}

const begunOn = ({ id }: Reading['entry']) => `translation ${id}`

function giveUp(forget: () => void, { close }: Correcting): void {
  forget()
  close()
}

interface TranslationFormProps {
  readonly on: string
  readonly first: { readonly text: string; readonly translator: Translator } | null
  /** Whether the first is the one in force: laid there again as it is, it would only be called another's. */
  readonly stands: boolean
  readonly correcting: Correcting
}

function TranslationForm({ on, first, stands, correcting }: TranslationFormProps) {
  const { words: { say, language } } = useDesk()
  const id = useId()
  const { value: { written, translator }, put, forget } = useBegun<{ readonly written: string; readonly translator: Translator | null }>(on, { written: first?.text ?? '', translator: first?.translator ?? null })
  const [isTried, setTried] = useState(false)
  const form = useFirstField(correcting)
  const text = written.trim()
  const isNew = !stands || text !== first?.text || translator !== first.translator
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (isNew && text !== '' && translator !== null) correcting.keep({ descriptionEn: { text, translator } }, forget)
  }
  return (
    <form ref={form} autoComplete="off" className={ownStyles.form} noValidate data-dirty={text !== (first?.text ?? '')} onSubmit={handleSubmit}>
      <KeptBegun on={on} />
      <LimitedArea id={id} label={say('translate.label', { language: language(target) })} hint={say('translate.hint')} error={isTried && text === '' ? say('translate.empty') : undefined} rows={4} maxLength={4000} lang={target} value={written} onChange={(next) => put({ written: next, translator })} />
      <ChooseOne label={say('translate.by')} error={isTried && translator === null ? say('translate.byMissing') : undefined} layout="inline" choices={translators.map((value) => ({ value, label: say(`translate.by.${value}`) }))} value={translator} onChange={(next) => put({ written, translator: next })} />
      <div className={ownStyles.acts}>
        <Button look="main" type="submit" isDisabled={!isNew}>{say('translate.keep')}</Button>
        <Button look="plain" onClick={() => giveUp(forget, correcting)}>{say('transcript.cancel')}</Button>
      </div>
    </form>
  )
}

/** What was laid beside words that their author wrote anew since: it counts for nothing, and is what the next one is written from. */
function earlierTranslation({ history }: Reading): ReturnType<typeof translationIn> {
  const texts = history.flatMap(({ change }) => (change.type === 'correct' && Object.hasOwn(change.body.set, 'descriptionEn') ? [translationIn(change.body.set['descriptionEn'])] : []))
  return texts.at(-1) ?? null
}

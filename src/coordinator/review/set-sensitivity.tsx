import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { sensitivities } from '#domain/codes/code-lists.ts'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useBegun, useIsBegun } from '#coordinator/review/begun.ts'
import { CorrectionWord } from '#coordinator/review/correction-word.tsx'
import { KeptBegun } from '#coordinator/review/kept-begun.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import { useCorrection } from '#coordinator/review/use-correction.ts'
import type { OnWritten } from '#coordinator/review/use-correction.ts'
import styles from '#coordinator/review/voice-note.module.css'
import { LimitedLine } from '#coordinator/limited-text.tsx'
import { Button } from '#ui/button/button.tsx'
import { ChooseOne } from '#ui/choice/choices.tsx'

const blank: { readonly level: Sensitivity | null; readonly reason: string } = { level: null, reason: '' }

/** Another level by a coordinator's word, with why: it travels as a correction, and never lowers what topic or groups demand. */
export function SetSensitivity({ reading, onWritten }: { readonly reading: Reading; readonly onWritten: OnWritten }) {
  const { words } = useDesk()
  const { say } = words
  const id = useId()
  const on = `sensitivity ${reading.entry.id}`
  const correcting = useCorrection(reading, onWritten, useIsBegun(on))
  const { value: { level, reason }, put } = useBegun(on, blank)
  const [isTried, setTried] = useState(false)
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (level !== null && reason.trim() !== '') correcting.keep({ sensitivity: level, sensitivityReason: reason.trim() }, () => put(blank))
  }
  const giveUp = (): void => {
    put(blank)
    correcting.close()
  }
  if (!correcting.isOpen) {
    return (
      <>
        {correcting.phase === 'kept' ? null : <Button icon="lock" onClick={correcting.open}>{say('sensitivity.set')}</Button>}
        <CorrectionWord phase={correcting.phase} />
      </>
    )
  }
  return (
    <form autoComplete="off" className={styles.form} noValidate data-dirty={level !== null || reason !== ''} onSubmit={handleSubmit}>
      <KeptBegun on={on} />
      <ChooseOne label={say('sensitivity.level')} hint={say('sensitivity.floor')} error={isTried && level === null ? say('sensitivity.levelMissing') : undefined} choices={sensitivities.map((value) => ({ value, label: words.code('sensitivity', value) }))} value={level} onChange={(next) => put({ level: next, reason })} />
      <LimitedLine id={id} label={say('sensitivity.why')} error={isTried && reason.trim() === '' ? say('sensitivity.whyMissing') : undefined} maxLength={300} value={reason} onChange={(next) => put({ level, reason: next })} />
      <div className={styles.acts}>
        <Button look="main" type="submit">{say('sensitivity.keep')}</Button>
        <Button look="plain" onClick={giveUp}>{say('transcript.cancel')}</Button>
      </div>
    </form>
  )
}

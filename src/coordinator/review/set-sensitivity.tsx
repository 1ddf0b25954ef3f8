import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { sensitivities } from '#domain/codes/code-lists.ts'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { CorrectionWord } from '#coordinator/review/correction-word.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import { useCorrection } from '#coordinator/review/use-correction.ts'
import styles from '#coordinator/review/voice-note.module.css'
import { LimitedLine } from '#coordinator/limited-text.tsx'
import { Button } from '#ui/button/button.tsx'
import { ChooseOne } from '#ui/choice/choices.tsx'

/** Another level by a coordinator's word, with why: it travels as a correction, and never lowers what topic or groups demand. */
export function SetSensitivity({ reading, onWritten }: { readonly reading: Reading; readonly onWritten: () => void }) {
  const { words } = useDesk()
  const { say } = words
  const id = useId()
  const correcting = useCorrection(reading, onWritten)
  const [level, setLevel] = useState<Sensitivity | null>(null)
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (level !== null && reason.trim() !== '') correcting.keep({ sensitivity: level, sensitivityReason: reason.trim() })
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
    <form className={styles.form} noValidate data-dirty={level !== null || reason !== ''} onSubmit={handleSubmit}>
      <ChooseOne label={say('sensitivity.level')} hint={say('sensitivity.floor')} error={isTried && level === null ? say('sensitivity.levelMissing') : undefined} choices={sensitivities.map((value) => ({ value, label: words.code('sensitivity', value) }))} value={level} onChange={setLevel} />
      <LimitedLine id={id} label={say('sensitivity.why')} error={isTried && reason.trim() === '' ? say('sensitivity.whyMissing') : undefined} maxLength={300} value={reason} onChange={setReason} />
      <div className={styles.acts}>
        <Button look="main" type="submit">{say('sensitivity.keep')}</Button>
        <Button look="plain" onClick={correcting.close}>{say('transcript.cancel')}</Button>
      </div>
    </form>
  )
}

import { useState } from 'react'
import type { SubmitEvent } from 'react'
import styles from '#coordinator/aside/aside.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import { LimitedArea } from '#coordinator/limited-text.tsx'
import { Button } from '#ui/button/button.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'

interface ReasonDialogProps {
  readonly act: 'count' | 'leave'
  readonly onGive: (reason: string) => void
  readonly onClose: () => void
}

/** Neither is done without saying why: it stands with the change for whoever looks later. */
export function ReasonDialog({ act, onGive, onClose }: ReasonDialogProps) {
  const { say } = useDesk().words
  const [reason, setReason] = useState('')
  const isMissing = reason.trim() === ''
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isMissing) onGive(reason.trim())
  }
  return (
    <Dialog title={say(`aside.${act}Title`)} closeLabel={say('keys.close')} onClose={onClose}>
      <form autoComplete="off" className={styles.form} onSubmit={handleSubmit}>
        <p>{say(`aside.${act}Text`)}</p>
        <LimitedArea label={say(`aside.${act}Why`)} rows={3} maxLength={500} value={reason} onChange={setReason} />
        <div className={styles.formActs}>
          <Button onClick={onClose}>{say('invites.cancel')}</Button>
          <Button type="submit" look="main" isDisabled={isMissing}>{say(`aside.${act}Title`)}</Button>
        </div>
      </form>
    </Dialog>
  )
}

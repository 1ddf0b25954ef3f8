import { useState } from 'react'
import type { SaveProblem } from '#device/device.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { LimitedArea, LimitedLine } from '#coordinator/limited-text.tsx'
import { forgetBegun, useBegun } from '#coordinator/review/begun.ts'
import { KeptBegun } from '#coordinator/review/kept-begun.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/voice-note.module.css'
import { Button } from '#ui/button/button.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'
import { Note } from '#ui/note/note.tsx'

/** Takes an entry away for good: below everything else that can be done with it. */
export function EraseEntry({ reading }: { readonly reading: Reading }) {
  const { say } = useDesk().words
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <div className={styles.acts}><Button look="stop" icon="bin" onClick={() => setOpen(true)}>{say('erase.open')}</Button></div>
      {isOpen ? <EraseDialog reading={reading} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/**
 * What goes and what stays, before it is done; why, and the name of the entry by hand, so that nobody means another one. No proof is
 * asked of the device: the change is sealed by its key, and a session alone cannot make it.
 */
function EraseDialog({ reading, onClose }: { readonly reading: Reading; readonly onClose: () => void }) {
  const { device, words, fresh, readings } = useDesk()
  const { say } = words
  const { entry, row } = reading
  const on = `erase ${entry.id}`
  const { value: reason, put: setReason } = useBegun(on, '')
  const [typed, setTyped] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<SaveProblem | null>(null)
  const isMeant = reason.trim() !== '' && typed.trim().toUpperCase() === row.ref

  async function erase(): Promise<void> {
    setBusy(true)
    const kept = await device.erase(entry.id, entry.head, reason.trim())
    setBusy(false)
    if (!kept.ok) return setProblem(kept.problem)
    readings.forget(entry.id)
    forgetBegun(device, entry.id)
    fresh.erased(entry.id)
    // Who erased is then told by the server's log, to this desk as to others.
    void device.flush().then(() => fresh.check())
  }
  return (
    <Dialog
      title={say('erase.ask', { ref: row.ref })}
      closeLabel={say('keys.close')}
      onClose={onClose}
      actions={<Button look="stop" isDisabled={!isMeant || isBusy} onClick={() => void erase()}>{say('erase.yes')}</Button>}
    >
      <div className={styles.form} data-dirty={reason !== '' || typed !== ''}>
        {problem === null ? null : <Note tone="stop" live="alert">{say(problem.kind === 'storage-full' ? 'decide.failedFull' : 'decide.failedStore')}</Note>}
        <p>{say('erase.goes')}</p>
        <p>{say('erase.stays', { ref: row.ref })}</p>
        <p>{say('erase.or')}</p>
        <KeptBegun on={on} />
        <LimitedArea autoComplete="off" label={say('erase.why')} hint={say('erase.whyHint')} rows={2} maxLength={500} value={reason} onChange={setReason} />
        <LimitedLine label={say('erase.type', { ref: row.ref })} maxLength={20} autoComplete="off" value={typed} onChange={setTyped} />
      </div>
    </Dialog>
  )
}

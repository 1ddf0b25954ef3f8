import { useState } from 'react'
import type { LocalEntry, SaveProblem } from '#device/device.ts'
import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import { CountedArea, tooLongWords } from '#volunteer/fields/counted-text.tsx'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

const maxLength = 500

/** What goes, what stays, and that there is no way back; and the other act, for whoever means that one. */
export function EraseDialog({ entry, problem, onCancel, onErase }: { readonly entry: LocalEntry; readonly problem: SaveProblem | null; readonly onCancel: () => void; readonly onErase: (reason: string) => void }) {
  const { say } = useWords()
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const wrong = tooLongWords(say, maxLength, reason)
  const { ref, review } = entry.state
  const handleConfirm = (): void => {
    setTried(true)
    if (wrong === undefined) onErase(reason)
  }
  return (
    <ConfirmDialog title={say('entry.eraseAsk')} cancelLabel={say('entry.withdrawNo')} confirmLabel={say('entry.eraseYes')} isHarmful onCancel={onCancel} onConfirm={handleConfirm}>
      <p>{say('entry.eraseGoes')}</p>
      <p>{say(ref === null ? 'entry.eraseUnsent' : 'entry.eraseStays')}</p>
      {review === 'withdrawn' ? null : <p>{say('entry.eraseOr')}</p>}
      <CountedArea label={say('entry.eraseReason')} optional={say('optional')} error={isTried ? wrong : undefined} rows={2} max={maxLength} value={reason} onChange={setReason} />
      <SaveProblemNote problem={problem} />
    </ConfirmDialog>
  )
}

import { useState } from 'react'
import type { SaveProblem } from '#device/device.ts'
import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import { CountedArea, tooLongWords } from '#volunteer/fields/counted-text.tsx'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

const maxLength = 500

/** Says what follows before an entry is taken back. A reason may be given and is never asked for twice. */
export function WithdrawDialog({ problem, onCancel, onWithdraw }: { readonly problem: SaveProblem | null; readonly onCancel: () => void; readonly onWithdraw: (reason: string) => void }) {
  const { say } = useWords()
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const wrong = tooLongWords(say, maxLength, reason)
  const handleConfirm = (): void => {
    setTried(true)
    if (wrong === undefined) onWithdraw(reason)
  }
  return (
    <ConfirmDialog title={say('entry.withdrawAsk')} cancelLabel={say('entry.withdrawNo')} confirmLabel={say('entry.withdrawYes')} isHarmful onCancel={onCancel} onConfirm={handleConfirm}>
      <p>{say('entry.withdrawText')}</p>
      <CountedArea label={say('entry.withdrawReason')} optional={say('optional')} error={isTried ? wrong : undefined} rows={2} max={maxLength} value={reason} onChange={setReason} />
      <SaveProblemNote problem={problem} />
    </ConfirmDialog>
  )
}

import { useState } from 'react'
import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import { TextArea } from '#ui/text-area/text-area.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Says what follows before an entry is taken back. A reason may be given and is never asked for twice. */
export function WithdrawDialog({ onCancel, onWithdraw }: { readonly onCancel: () => void; readonly onWithdraw: (reason: string) => void }) {
  const { say } = useWords()
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog title={say('entry.withdrawAsk')} cancelLabel={say('entry.withdrawNo')} confirmLabel={say('entry.withdrawYes')} isHarmful onCancel={onCancel} onConfirm={() => onWithdraw(reason)}>
      <p>{say('entry.withdrawText')}</p>
      <TextArea label={say('entry.withdrawReason')} optional={say('optional')} rows={2} maxLength={500} value={reason} onChange={setReason} />
    </ConfirmDialog>
  )
}

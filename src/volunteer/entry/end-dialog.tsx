import { useState } from 'react'
import type { EndReasons, LocalEntry, SaveProblem } from '#device/device.ts'
import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import type { BegunWork } from '#volunteer/entry/use-begun.ts'
import { CountedArea, tooLongWords } from '#volunteer/fields/counted-text.tsx'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

const maxLength = 500

interface EndDialogProps {
  readonly act: keyof EndReasons
  readonly entry: LocalEntry
  /** Where the reason is kept until it is done, or given up. */
  readonly begun: BegunWork
  readonly problem: SaveProblem | null
  readonly onCancel: () => void
  readonly onConfirm: (reason: string) => void
}

/**
 * Before an entry is taken back, or erased: what follows, what stays, and the other act, for whoever means that one. A reason may be given and
 * is never asked for twice.
 */
export function EndDialog({ act, entry, begun: { keeper, kept }, problem, onCancel, onConfirm }: EndDialogProps) {
  const { say } = useWords()
  const [isTried, setTried] = useState(false)
  const reason = kept.reasons[act] ?? ''
  const wrong = tooLongWords(say, maxLength, reason)
  const { ref, review } = entry.state
  const handleCancel = (): void => {
    keeper.reason(act, '')
    onCancel()
  }
  const handleConfirm = (): void => {
    setTried(true)
    if (wrong === undefined) onConfirm(reason)
  }
  return (
    <ConfirmDialog title={say(`entry.${act}Ask`)} cancelLabel={say('entry.withdrawNo')} confirmLabel={say(`entry.${act}Yes`)} isHarmful onCancel={handleCancel} onConfirm={handleConfirm}>
      {act === 'withdraw' ? <p>{say('entry.withdrawText')}</p> : (
        <>
          <p>{say('entry.eraseGoes')}</p>
          <p>{say(ref === null ? 'entry.eraseUnsent' : 'entry.eraseStays')}</p>
          {review === 'withdrawn' ? null : <p>{say('entry.eraseOr')}</p>}
        </>
      )}
      <CountedArea autoComplete="off" label={say(`entry.${act}Reason`)} optional={say('optional')} error={isTried ? wrong : undefined} rows={2} max={maxLength} value={reason} onChange={(next) => keeper.reason(act, next)} />
      <SaveProblemNote problem={problem} />
    </ConfirmDialog>
  )
}

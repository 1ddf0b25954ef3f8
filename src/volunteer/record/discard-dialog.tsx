import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** A draft that is thrown away is gone for good, so this is asked. */
export function DiscardDialog({ onCancel, onDiscard }: { readonly onCancel: () => void; readonly onDiscard: () => void }) {
  const { say } = useWords()
  return (
    <ConfirmDialog title={say('record.review.discardAsk')} cancelLabel={say('record.review.discardNo')} confirmLabel={say('record.review.discardYes')} isHarmful onCancel={onCancel} onConfirm={onDiscard}>
      {say('record.review.discardText')}
    </ConfirmDialog>
  )
}

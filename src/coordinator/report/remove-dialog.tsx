import { useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import { Note } from '#ui/note/note.tsx'

/** Asked before a part goes for everybody who writes. What goes is what stood there when it was asked. */
export function RemoveDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { writing, say } = useWriting()
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [seen, setSeen] = useState(() => writing.seen())
  const remove = async () => {
    setProblem(null)
    const found = await writing.remove(id, seen)
    if (found === null) return onClose()
    setProblem(found)
    if (found.code === 'precondition-failed') setSeen(writing.seen())
  }
  return (
    <ConfirmDialog title={say('write.remove.title')} cancelLabel={say('write.remove.no')} confirmLabel={say('write.remove.yes')} isHarmful onCancel={onClose} onConfirm={() => void remove()}>
      <p>{say('write.remove.text')}</p>
      {problem === null ? null : problem.code === 'precondition-failed' ? <Note tone="ask" live="alert">{say('write.remove.moved')}</Note> : <ProblemNote problem={problem} />}
    </ConfirmDialog>
  )
}

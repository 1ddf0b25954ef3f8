import { useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { Phone } from '#coordinator/people/phones.ts'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** Signs a lost phone out, after saying what goes with it. A lost answer harms nothing: it can be asked for again. */
export function LostPhone({ phone, name, onDone }: { readonly phone: Phone; readonly name: string; readonly onDone: () => void }) {
  const { device, words } = useDesk()
  const { say } = words
  const [isAsked, setAsked] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const { id, label, pendingChanges } = phone.device
  const held = Math.max(pendingChanges, phone.notArrivedCount)

  async function end(): Promise<void> {
    const result = await device.api.revokeDevice(id)
    setProblem(result.ok ? null : result.problem)
    if (!result.ok) return
    setAsked(false)
    onDone()
  }
  return (
    <>
      <TextButton tone="stop" aria-label={say('phones.lostOf', { label, name })} onClick={() => setAsked(true)}>{say('phones.lost')}</TextButton>
      {isAsked ? (
        <ConfirmDialog title={say('phones.lostTitle', { name })} cancelLabel={say('phones.lostKeep')} confirmLabel={say('phones.lostDo')} isHarmful onCancel={() => setAsked(false)} onConfirm={() => void end()}>
          <p>{words.dots([label, ...(phone.device.appVersion === null ? [] : [phone.device.appVersion])])}</p>
          <p>{say('phones.lostText')}</p>
          {held === 0 || phone.isRenewed ? null : <p>{say('phones.lostHolds', { count: held })}</p>}
          {problem === null ? null : <ProblemNote problem={problem} />}
        </ConfirmDialog>
      ) : null}
    </>
  )
}

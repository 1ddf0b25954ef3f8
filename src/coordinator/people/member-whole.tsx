import { useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { Result } from '#domain/result.ts'
import { dayHere } from '#domain/day-here.ts'
import type { MemberRow } from '#protocol/desk.ts'
import { heldType } from '#protocol/member-acts.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/people/people.module.css'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { LimitedArea } from '#coordinator/limited-text.tsx'
import { Button } from '#ui/button/button.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** Everything of one person at once: taken out for them, set aside while somebody looks, or erased for good. */
export function MemberWhole({ member, onChanged }: { readonly member: MemberRow; readonly onChanged: () => void }) {
  const { say, number } = useDesk().words
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      {member.flood === undefined ? null : <span className={styles.askState}>{say('member.flood', { count: number(member.flood) })}</span>}
      {member.asideSince === undefined ? null : <span className={styles.askState}>{say('member.asideNow')}</span>}
      {member.filesLeft === undefined ? null : <span className={styles.askState}>{say('member.filesLeft', { count: member.filesLeft })}</span>}
      <TextButton aria-label={`${say('member.whole')} ${member.name}`} onClick={() => setOpen(true)}>{say('member.whole')}</TextButton>
      {isOpen ? <WholeDialog member={member} onClose={() => setOpen(false)} onChanged={onChanged} /> : null}
    </>
  )
}

interface WholeDialogProps {
  readonly member: MemberRow
  readonly onClose: () => void
  readonly onChanged: () => void
}

function WholeDialog({ member, onClose, onChanged }: WholeDialogProps) {
  const { device, fresh, ground, words, membership } = useDesk()
  const { say } = words
  const { id, name } = member
  const [reason, setReason] = useState('')
  const [state, setState] = useState<{ readonly step: 'idle' | 'busy' } | { readonly step: 'saved'; readonly file: string } | { readonly step: 'failed'; readonly problem: ApiProblem }>({ step: 'idle' })
  const isSelf = id === membership.member.id
  const isUnsaid = reason.trim() === '' || state.step === 'busy'

  async function act(run: () => Promise<Result<number, ApiProblem>>): Promise<void> {
    setState({ step: 'busy' })
    const result = await run()
    if (!result.ok) return setState({ step: 'failed', problem: result.problem })
    // What stands on the lists of this desk learns of it at once.
    void fresh.check()
    onClose()
    onChanged()
  }
  async function save(): Promise<void> {
    setState({ step: 'busy' })
    const result = await device.api.heldAbout(id)
    if (!result.ok) return setState({ step: 'failed', problem: result.problem })
    const file = `terrain-held-${dayHere(ground.now())}.zip`
    ground.saveFile(file, heldType, result.value)
    setState({ step: 'saved', file })
  }
  return (
    <Dialog title={say('member.wholeOf', { name })} closeLabel={say('keys.close')} onClose={onClose}>
      <div className={styles.form}>
        {state.step === 'failed' ? <ProblemNote problem={state.problem} /> : null}
        <p>{say('member.heldMeans', { name })}</p>
        <div className={styles.acts}><Button isDisabled={state.step === 'busy'} onClick={() => void save()}>{say('member.held')}</Button></div>
        <p role="status">{state.step === 'saved' ? say('member.heldSaved', { file: state.file }) : ''}</p>
        {isSelf ? null : (
          <>
            <hr className={styles.rule} />
            <LimitedArea autoComplete="off" label={say('member.why')} rows={2} maxLength={500} value={reason} onChange={setReason} />
            <p>{say('member.asideMeans', { name })}</p>
            <div className={styles.acts}>
              {member.asideSince === undefined
                ? <Button isDisabled={isUnsaid} onClick={() => void act(() => device.api.setMemberAside(id, { since: member.joinedAt, reason: reason.trim() }))}>{say('member.aside')}</Button>
                : <Button isDisabled={state.step === 'busy'} onClick={() => void act(() => device.api.releaseMember(id))}>{say('member.release')}</Button>}
            </div>
            <hr className={styles.rule} />
            <p>{say('member.eraseMeans', { name })}</p>
            <div className={styles.acts}><Button look="stop" isDisabled={isUnsaid} onClick={() => void act(() => device.api.eraseMember(id, reason.trim()))}>{say('member.erase')}</Button></div>
          </>
        )}
      </div>
    </Dialog>
  )
}

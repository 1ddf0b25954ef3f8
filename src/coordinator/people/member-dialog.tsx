import { useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { MemberRow } from '#protocol/desk.ts'
import { roles } from '#protocol/membership.ts'
import type { Role } from '#protocol/membership.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/people/people.module.css'
import { heldBy, phonesOf } from '#coordinator/people/phones.ts'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** Another role for somebody, or the end of their membership, with what either means. What they wrote and decided always stays. */
export function MemberChange({ member, onChanged }: { readonly member: MemberRow; readonly onChanged: () => void }) {
  const { words, membership } = useDesk()
  const { say } = words
  const [isOpen, setOpen] = useState(false)
  if (member.endedAt !== null) return null
  if (member.id === membership.member.id) return null
  return (
    <>
      <TextButton aria-label={say('member.acts', { name: member.name })} onClick={() => setOpen(true)}>{say('member.change')}</TextButton>
      {isOpen ? <MemberDialog member={member} onClose={() => setOpen(false)} onChanged={onChanged} /> : null}
    </>
  )
}

function MemberDialog({ member, onClose, onChanged }: { readonly member: MemberRow; readonly onClose: () => void; readonly onChanged: () => void }) {
  const { device, words } = useDesk()
  const { say } = words
  const { name } = member
  const [role, setRole] = useState<Role>(member.role)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const held = heldBy(phonesOf(member.devices)).changes

  async function change(to: { readonly role: Role } | { readonly ended: true }): Promise<void> {
    const result = await device.api.changeMember(member.id, to)
    setProblem(result.ok ? null : result.problem)
    if (!result.ok) return
    onClose()
    onChanged()
  }
  return (
    <Dialog title={say('member.title', { name })} closeLabel={say('keys.close')} onClose={onClose}>
      <div className={styles.form}>
        {problem === null ? null : <ProblemNote problem={problem} />}
        <ChooseOne label={say('member.role')} choices={roles.map((value) => ({ value, label: say(`people.${value}`), note: say(value === 'coordinator' ? 'member.toCoordinator' : 'member.toVolunteer', { name }) }))} value={role} onChange={setRole} />
        <div className={styles.acts}>
          <Button onClick={onClose}>{say('member.keep')}</Button>
          <Button look="main" isDisabled={role === member.role} onClick={() => void change({ role })}>{say('member.saveRole')}</Button>
        </div>
        <hr className={styles.rule} />
        <p>{say('member.endMeans', { name })}</p>
        {held === 0 ? null : <p>{say('member.endHolds', { count: held })}</p>}
        <div className={styles.acts}><Button look="stop" onClick={() => void change({ ended: true })}>{say('member.end')}</Button></div>
      </div>
    </Dialog>
  )
}

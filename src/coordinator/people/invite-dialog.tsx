import { useState } from 'react'
import type { SubmitEvent } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { InviteRow } from '#protocol/desk.ts'
import type { Role } from '#protocol/membership.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { QrCode } from '#coordinator/people/qr-code.tsx'
import styles from '#coordinator/people/people.module.css'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { LimitedLine } from '#coordinator/limited-text.tsx'
import { Button } from '#ui/button/button.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'
import { typedNumber } from '#ui/number-input/typed-number.ts'
import { TextInput } from '#ui/text-input/text-input.tsx'

interface MadeInvite {
  readonly invite: InviteRow
  readonly url: string
}

/** Makes an invite, then shows its link and its code: the only time that the secret is seen. */
export function InviteDialog({ onMade, onClose }: { readonly onMade: () => void; readonly onClose: () => void }) {
  const { say } = useDesk().words
  const [made, setMade] = useState<MadeInvite | null>(null)
  const handleMade = (invite: MadeInvite) => {
    setMade(invite)
    onMade()
  }
  return (
    <Dialog title={say(made === null ? 'invites.dialogTitle' : 'invites.readyTitle')} closeLabel={say('keys.close')} onClose={onClose}>
      {made === null ? <InviteForm onMade={handleMade} onClose={onClose} /> : <InviteLink made={made} onClose={onClose} />}
    </Dialog>
  )
}

const maxUses = 1000
const maxDays = 90

function InviteForm({ onMade, onClose }: { readonly onMade: (made: MadeInvite) => void; readonly onClose: () => void }) {
  const { device, words } = useDesk()
  const { say } = words
  const [role, setRole] = useState<Role>('volunteer')
  const [uses, setUses] = useState('20')
  const [days, setDays] = useState('30')
  const [note, setNote] = useState('')
  const [isMaking, setMaking] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const areUsesFit = isWholeNumber(uses, maxUses)
  const areDaysFit = isWholeNumber(days, maxDays)

  async function make(): Promise<void> {
    setMaking(true)
    const result = await device.api.createInvite({ role, uses: typedNumber(uses) ?? 0, days: typedNumber(days) ?? 0, ...(note.trim() === '' ? {} : { note: note.trim() }) })
    setMaking(false)
    setProblem(result.ok ? null : result.problem)
    if (result.ok) onMade(result.value)
  }
  const handleRole = (next: Role) => {
    setRole(next)
    // A coordinator link opens everything: it starts with one use and a short life.
    setUses(next === 'coordinator' ? '1' : '20')
    setDays(next === 'coordinator' ? '3' : '30')
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (areUsesFit && areDaysFit && !isMaking) void make()
  }
  return (
    <form autoComplete="off" className={styles.form} onSubmit={handleSubmit}>
      {problem === null ? null : <ProblemNote problem={problem} />}
      <fieldset className={styles.roles}>
        <legend>{say('invites.role')}</legend>
        <label><input type="radio" name="role" checked={role === 'volunteer'} onChange={() => handleRole('volunteer')} /><span>{say('invites.roleVolunteer')}</span></label>
        <label><input type="radio" name="role" checked={role === 'coordinator'} onChange={() => handleRole('coordinator')} /><span>{say('invites.roleCoordinator')}</span></label>
      </fieldset>
      <div className={styles.numbers}>
        <TextInput label={say('invites.uses')} inputMode="numeric" autoComplete="off" value={uses} error={areUsesFit ? undefined : say('invites.range', { min: 1, max: maxUses })} onChange={setUses} />
        <TextInput label={say('invites.days')} inputMode="numeric" autoComplete="off" value={days} error={areDaysFit ? undefined : say('invites.range', { min: 1, max: maxDays })} onChange={setDays} />
      </div>
      <LimitedLine label={say('invites.note')} maxLength={120} autoComplete="off" value={note} onChange={setNote} />
      <div className={styles.acts}>
        <Button onClick={onClose}>{say('invites.cancel')}</Button>
        <Button type="submit" look="main">{say(isMaking ? 'invites.creating' : 'invites.create')}</Button>
      </div>
    </form>
  )
}

function isWholeNumber(text: string, max: number): boolean {
  const number = typedNumber(text) ?? 0
  return number >= 1 && number <= max
}

function InviteLink({ made, onClose }: { readonly made: MadeInvite; readonly onClose: () => void }) {
  const { ground, words } = useDesk()
  const { say } = words
  const [copied, setCopied] = useState<boolean | null>(null)
  return (
    <div className={styles.form}>
      <p>{say('invites.readyText', { date: words.time.instant(made.invite.expiresAt) })}</p>
      <QrCode text={made.url} label={say('invites.qr')} />
      <p className={styles.quiet}>{say('invites.qrText')}</p>
      <TextInput label={say('invites.link')} dir="ltr" readOnly autoComplete="off" value={made.url} onChange={() => {}} onFocus={(event) => event.target.select()} />
      <p role="status" className={styles.quiet}>{copied === null ? '' : say(copied ? 'invites.copied' : 'invites.copyFailed')}</p>
      <div className={styles.acts}>
        <Button onClick={() => void ground.copyText(made.url).then(setCopied)}>{say('invites.copy')}</Button>
        <Button look="main" onClick={onClose}>{say('invites.done')}</Button>
      </div>
    </div>
  )
}

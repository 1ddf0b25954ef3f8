import { useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { InviteRow } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/people/people.module.css'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { ProblemNote, UnreadNote, useReadAgain } from '#coordinator/shell/problem-note.tsx'
import type { Loaded } from '#coordinator/use-loaded.ts'
import { Button } from '#ui/button/button.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** The open invites, each with its way to an end. Their secrets are not here: they were shown once. */
export function Invites({ invites }: { readonly invites: Loaded<readonly InviteRow[]> }) {
  const { device, words } = useDesk()
  const { say } = words
  const [asked, setAsked] = useState<InviteRow | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  async function revoke(invite: InviteRow): Promise<void> {
    setAsked(null)
    const result = await device.api.deleteInvite(invite.id)
    setProblem(result.ok ? null : result.problem)
    invites.reload()
  }
  useReadAgain(problem === null ? null : invites.problem, invites.reload)
  const nameOf = (invite: InviteRow) => invite.note ?? say(invite.role === 'coordinator' ? 'invites.coordinators' : 'invites.volunteers')
  return (
    <section>
      <h2>{say('invites.title')}</h2>
      {problem === null ? null : <ProblemNote problem={problem} onRetry={invites.reload} />}
      {problem !== null || invites.problem === null ? null : <UnreadNote problem={invites.problem} onRetry={invites.reload} />}
      {invites.value === null && invites.problem === null ? <Awaited lines={2} /> : null}
      {invites.value?.length === 0 ? <p className={styles.quiet}>{say('invites.none')}</p> : null}
      <ul className={styles.invites}>
        {(invites.value ?? []).map((invite) => (
          <li key={invite.id}>
            <span>
              <b dir="auto">{nameOf(invite)}</b>
              <span className={styles.quiet}>{words.dots([...(invite.note === null ? [] : [say(invite.role === 'coordinator' ? 'invites.coordinators' : 'invites.volunteers')]), say('invites.left', { uses: invite.usesLeft, date: words.time.instant(invite.expiresAt) })])}</span>
            </span>
            <TextButton tone="stop" aria-label={say('invites.revokeOf', { name: nameOf(invite) })} onClick={() => setAsked(invite)}>{say('invites.revoke')}</TextButton>
          </li>
        ))}
      </ul>
      {asked === null ? null : (
        <Dialog title={nameOf(asked)} closeLabel={say('keys.close')} onClose={() => setAsked(null)}>
          <p>{say('invites.revokeAsk')}</p>
          <div className={styles.acts}>
            <Button onClick={() => setAsked(null)}>{say('invites.revokeKeep')}</Button>
            <Button look="stop" onClick={() => void revoke(asked)}>{say('invites.revoke')}</Button>
          </div>
        </Dialog>
      )}
    </section>
  )
}

import { useEffect, useRef, useState } from 'react'
import type { MemberId } from '#domain/ids.ts'
import type { ReviewerRow } from '#protocol/assignment.ts'
import type { EntryRow } from '#protocol/desk.ts'
import styles from '#coordinator/assign/assign.module.css'
import { assigneeIn } from '#coordinator/assign/use-assignee.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { UnreadNote } from '#coordinator/shell/problem-note.tsx'
import { useLoaded } from '#coordinator/use-loaded.ts'
import { Dialog } from '#ui/dialog/dialog.tsx'

interface GiveDialogProps {
  readonly rows: readonly EntryRow[]
  readonly onGive: (to: MemberId | null) => void
  readonly onClose: () => void
}

/** More than fit at a glance are searched instead of scrolled. */
const shortList = 10

/** To whom: everybody who may review, with how much waits for each already. One press gives. */
export function GiveDialog({ rows, onGive, onClose }: GiveDialogProps) {
  const { words, device, fresh } = useDesk()
  const { say } = words
  const { value, problem, reload } = useLoaded('reviewers', () => device.api.reviewers())
  const [sought, setSought] = useState('')
  const choice = useRef<HTMLDivElement>(null)
  const isRead = value !== null
  useEffect(() => {
    // Whoever has gone somewhere else meanwhile stays there.
    if (isRead && document.activeElement?.matches('[data-first-focus]') === true) choice.current?.querySelector<HTMLElement>('input, button:not([aria-disabled=true])')?.focus({ preventScroll: true })
  }, [isRead])
  const holders = new Set(rows.map((row) => assigneeIn(fresh.get().assignees, row)?.id ?? null))
  const found = (value ?? []).filter(({ name, organisation }) => `${name} ${organisation ?? ''}`.toLocaleLowerCase(words.locale).includes(sought.trim().toLocaleLowerCase(words.locale)))
  return (
    <Dialog title={say('assign.title', { count: rows.length, ref: rows[0]?.ref ?? '' })} closeLabel={say('keys.close')} onClose={onClose}>
      <p className={styles.hint}>{say('assign.hint')}</p>
      {value === null && problem === null ? <Awaited lines={3} /> : null}
      {problem === null ? null : <UnreadNote problem={problem} onRetry={reload} />}
      <div ref={choice}>
        {(value?.length ?? 0) > shortList ? <input type="search" autoComplete="off" className={styles.search} aria-label={say('assign.search')} placeholder={say('assign.search')} value={sought} onChange={(event) => setSought(event.target.value)} /> : null}
        {value === null ? null : (
          <ul className={styles.people}>
            {found.map((person) => <li key={person.id}><PersonButton person={person} hasAll={holders.size === 1 && holders.has(person.id)} onGive={() => onGive(person.id)} /></li>)}
            {holders.size === 1 && holders.has(null) ? null : <li><button type="button" onClick={() => onGive(null)}><span>{say('assign.toNobody')}</span></button></li>}
          </ul>
        )}
      </div>
    </Dialog>
  )
}

function PersonButton({ person, hasAll, onGive }: { readonly person: ReviewerRow; readonly hasAll: boolean; readonly onGive: () => void }) {
  const { words, membership } = useDesk()
  const { say } = words
  const name = person.id === membership.member.id ? say('assign.me', { name: person.name }) : person.name
  return (
    <button type="button" aria-disabled={hasAll} onClick={hasAll ? undefined : onGive}>
      <span dir="auto">{name}{person.organisation === undefined ? null : <small>{person.organisation}</small>}</span>
      <span className={styles.count}>{hasAll ? say('assign.has') : say('assign.toRead', { count: person.toRead })}</span>
    </button>
  )
}

import { useState } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'
import { SheetDialog } from '#coordinator/people/sheet-dialog.tsx'
import { InviteSheet } from '#coordinator/people/invite-sheet.tsx'
import type { Card } from '#coordinator/people/invite-sheet.tsx'
import type { Locale } from '#i18n/locale.ts'
import { InviteDialog } from '#coordinator/people/invite-dialog.tsx'
import { Invites } from '#coordinator/people/invites.tsx'
import { PeopleTable } from '#coordinator/people/people-table.tsx'
import { heldBy, phonesOf } from '#coordinator/people/phones.ts'
import styles from '#coordinator/people/people.module.css'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { useKeys } from '#coordinator/shell/keys.ts'
import { AsOf, UnreadNote } from '#coordinator/shell/problem-note.tsx'
import { useLoaded } from '#coordinator/use-loaded.ts'
import { Button } from '#ui/button/button.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import layout from '#coordinator/shell/two-parts.module.css'
import { classNames } from '#ui/class-names.ts'

/** Who is here, what their phones still hold, and the invites that are open. */
export function PeoplePage() {
  const { device, words, membership } = useDesk()
  const { say } = words
  const [isInviting, setInviting] = useState(false)
  const [isPreparing, setPreparing] = useState(false)
  const [sheet, setSheet] = useState<{ readonly cards: readonly Card[]; readonly locale: Locale } | null>(null)
  const members = useLoaded('members', () => device.api.members())
  const invites = useLoaded('invites', () => device.api.invites())
  const mayInvite = membership.abilities.includes('invite')
  useKeys(mayInvite ? { i: () => setInviting(true) } : {})
  const people = (members.value ?? []).filter(({ endedAt }) => endedAt === null)
  const held = heldBy(people.flatMap(({ devices }) => phonesOf(devices)))
  const headline = held.entries === null ? say('people.holding', { devices: held.devices, changes: held.changes }) : say('phones.holding', { devices: held.devices, entries: held.entries })
  const handleCards = (cards: readonly Card[], locale: Locale): void => {
    setPreparing(false)
    setSheet({ cards, locale })
    invites.reload()
  }
  if (sheet !== null) return <InviteSheet {...sheet} onClose={() => setSheet(null)} />
  return (
    <div className={layout.page}>
      <main className={classNames(layout.main, styles.main)}>
        <header className={styles.head}>
          <div>
            {/* What nobody has answered yet is no good news. */}
            <h1>{members.value === null ? say('bar.people') : held.devices === 0 ? say('people.allHere') : headline}</h1>
            {members.value === null ? null : <p className={styles.quiet}>{say(held.devices === 0 ? 'people.allHereText' : 'people.holdingText')}</p>}
          </div>
          {mayInvite ? <div className={styles.acts}><Button onClick={() => setPreparing(true)}><Icon name="file" size="s" />{say('sheet.new')}</Button><Button onClick={() => setInviting(true)}><Icon name="share" size="s" />{say('invites.new')}</Button></div> : null}
        </header>
        {members.problem === null ? null : <><UnreadNote problem={members.problem} onRetry={members.reload} /><AsOf ms={members.asOf} /></>}
        {members.value === null && members.problem === null ? <Awaited lines={6} /> : null}
        {members.value === null ? null : members.value.length === 0 ? <p>{say('people.empty')}</p> : <PeopleTable members={members.value} onChanged={members.reload} />}
      </main>
      <aside className={classNames(layout.side, styles.side)} aria-label={say('invites.title')}>
        {mayInvite ? <Invites invites={invites} /> : null}
        {members.value === null ? null : (
          <section>
            <h2>{say('people.whoReports')}</h2>
            <p>{say('people.count', { people: people.length, organisations: new Set(people.flatMap(({ organisation }) => organisation ?? [])).size })}</p>
          </section>
        )}
      </aside>
      {isPreparing ? <SheetDialog onMade={handleCards} onClose={() => setPreparing(false)} /> : null}
      {isInviting ? <InviteDialog onMade={invites.reload} onClose={() => setInviting(false)} /> : null}
    </div>
  )
}

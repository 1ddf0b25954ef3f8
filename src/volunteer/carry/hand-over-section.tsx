import type { Membership, SyncState } from '#device/device.ts'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import { Section } from '#ui/page/page.tsx'
import styles from '#volunteer/carry/carry.module.css'
import { useHandOver } from '#volunteer/carry/use-hand-over.ts'
import { sayKept } from '#volunteer/home/kept-words.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** What is still only here, as a file for anybody's hand. */
export function HandOverSection({ sync, membership }: { readonly sync: SyncState; readonly membership: Membership }) {
  const { words } = useVolunteering()
  const { say, format } = words
  const { state, onHandOver } = useHandOver()
  const isNothing = sync.pendingChanges + sync.pendingFiles === 0
  if (isNothing && state.phase !== 'done') return <Section title={say('carry.own')}><p>{say('carry.nothing')}</p></Section>
  return (
    <Section title={say('carry.own')}>
      <div className={styles.said}>
        {isNothing ? null : <p>{sayKept(words, sync, false)}</p>}
        <p className={styles.quiet}>{say('carry.whatItIs')}</p>
      </div>
      {membership.campaign.encryptionKey === undefined ? <Note tone="ask" icon="warning">{say('carry.plainWarning')}</Note> : null}
      <Button look="main" icon="share" isWide isDisabled={state.phase === 'making'} onClick={onHandOver}>{say(state.phase === 'making' ? 'carry.making' : state.phase === 'done' ? 'carry.again' : 'carry.make')}</Button>
      <div role="status">
        {state.phase === 'failed' ? <Note tone="stop">{say('carry.makeFailed')}</Note> : null}
        {state.phase === 'done' ? <Note tone={state.how === 'stopped' ? 'plain' : 'done'}>{say(`carry.${state.how}`, { name: state.file.name, size: format.bytes(state.file.size) })}</Note> : null}
      </div>
    </Section>
  )
}

import { useLocation } from 'wouter'
import type { SentDecision } from '#device/held-decisions.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/review/decision-bar.module.css'
import { SeveralNotices } from '#coordinator/review/several-notices.tsx'
import { useContested } from '#coordinator/review/use-contested.ts'
import { useLoaded } from '#coordinator/use-loaded.ts'

/**
 * Decisions of this desk that met another verdict on the same words: without a connection nobody could be told before. Each stands until
 * somebody has looked at it, or has settled it.
 */
export function ContestedNotice() {
  const [location] = useLocation()
  const { say } = useDesk().words
  const { decisions, leave } = useContested()
  // The page of an entry tells of its own.
  const told = decisions.filter(({ entryId }) => location !== `/desk/entry/${entryId}`)
  return (
    <SeveralNotices
      of={told} said={say('decide.many.contested', { count: told.length })} onLeaveAll={() => told.forEach(leave)}
      each={(decision, role) => <Contested key={decision.entryId} decision={decision} role={role} onLeave={() => leave(decision)} />}
    />
  )
}

interface ContestedProps {
  readonly decision: SentDecision
  readonly role: 'alert' | undefined
  readonly onLeave: () => void
}

function Contested({ decision: { entryId, ref, verdict }, role, onLeave }: ContestedProps) {
  const { words, readings, membership } = useDesk()
  const { say } = words
  const [, navigate] = useLocation()
  const { value } = useLoaded(entryId, () => readings.read(entryId))
  if (value === null || value === 'unreadable') return null
  const { entry, members } = value
  const rival = entry.decisions.findLast((one) => one.memberId !== membership.member.id && one.revision === entry.revision)
  if (rival === undefined) return null
  const said = { ref, own: say(`verdictDone.${verdict}`), name: members.get(rival.memberId)?.name ?? say('people.coordinator'), verdict: say(`verdictDone.${rival.verdict}`) }
  const handleRead = () => {
    onLeave()
    navigate(`/desk/entry/${entryId}`)
  }
  return (
    <div className={styles.notice} data-phase="stopped">
      <p role={role}>{say('decide.contested', said)}</p>
      <button type="button" className={styles.noticeAct} onClick={handleRead}>{say('decide.readIt')}</button>
      <button type="button" className={styles.noticeAct} onClick={onLeave}>{say('decide.leaveIt')}</button>
    </div>
  )
}

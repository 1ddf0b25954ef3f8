import { useState } from 'react'
import { useLocation } from 'wouter'
import type { EntryId } from '#domain/ids.ts'
import type { LoggedDecision } from '#coordinator/decision-log.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import styles from '#coordinator/review/decision-bar.module.css'
import { useLoaded } from '#coordinator/use-loaded.ts'

type Went = ReadonlyMap<EntryId, LoggedDecision>

/**
 * Decisions of this desk that met another verdict on the same words: without a connection nobody could be told before. Each stands until
 * somebody has looked at it, or has settled it.
 */
export function ContestedNotice() {
  const { log } = useDesk()
  const { rows, turns } = useFresh()
  const [location] = useLocation()
  const [went, setWent] = useState<Went>(new Map())
  const [left, setLeft] = useState<ReadonlySet<LoggedDecision>>(new Set())
  // The log lets go of what has gone on since; that is when this is about it.
  const sent = [...log.byEntry.values()].filter(({ sentAt }) => sentAt !== undefined)
  if (sent.some(({ entryId, sentAt }) => went.get(entryId)?.sentAt !== sentAt)) setWent(new Map([...went, ...sent.map((one) => [one.entryId, one] as const)]))
  // A row of before may tell of a contest that this very decision has settled. The page of an entry tells of its own.
  const contested = [...went.values()].filter((one) => location !== `/desk/entry/${one.entryId}` && rows.get(one.entryId)?.contested === true && (turns.get(one.entryId) ?? 0) >= (one.sentAt ?? 0) && !left.has(one))
  return contested.map((decision) => <Contested key={decision.entryId} decision={decision} onLeave={() => setLeft((before) => new Set([...before, decision]))} />)
}

function Contested({ decision: { entryId, ref, verdict }, onLeave }: { readonly decision: LoggedDecision; readonly onLeave: () => void }) {
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
      <p role="alert">{say('decide.contested', said)}</p>
      <button type="button" className={styles.noticeAct} onClick={handleRead}>{say('decide.readIt')}</button>
      <button type="button" className={styles.noticeAct} onClick={onLeave}>{say('decide.leaveIt')}</button>
    </div>
  )
}

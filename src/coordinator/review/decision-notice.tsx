import { useLocation } from 'wouter'
import type { HeldDecision } from '#device/held-decisions.ts'
import type { LatestAct } from '#coordinator/decision-log.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { ContestedNotice } from '#coordinator/review/contested-notice.tsx'
import styles from '#coordinator/review/decision-bar.module.css'
import { SeveralNotices } from '#coordinator/review/several-notices.tsx'
import { useKeys } from '#coordinator/shell/keys.ts'
import { useWatch } from '#coordinator/use-watch.ts'
import { Icon } from '#ui/icon/icon.tsx'

const undoKey = 'Z'

/**
 * What became of the last decision, and the way back while there is one. "Sent" stands here only after the outbox was seen empty.
 * What was stopped stays until somebody has looked at it.
 */
export function DecisionNotice() {
  const { device, words, log } = useDesk()
  const isSignedOut = useWatch(device.sync)?.attention === 'join-again'
  const { latest, lastHeld, stopped } = log
  // What was taken back before it, or came to nothing, has the line; the one that is held still can be taken back as well.
  const canUndo = lastHeld.length > 0
  const still: LatestAct | null = canUndo && latest?.kind !== 'held' ? { kind: 'held', decisions: lastHeld.map(({ entryId, ref, body }) => ({ entryId, ref, verdict: body.verdict })) } : null
  const takeBack = () => {
    if (canUndo) void log.takeBack(lastHeld)
  }
  useKeys({ z: takeBack })
  return (
    <>
      <ContestedNotice />
      <SeveralNotices
        of={stopped} said={words.say('decide.many.stopped', { count: stopped.length })} onLeaveAll={() => void log.takeBack(stopped)}
        each={(decision, role) => <Stopped key={decision.id} decision={decision} role={role} />}
      />
      <div className={latest === null ? styles.hidden : styles.notice} data-phase={latest?.kind}>
        <p role="status">{latest === null ? '' : sentenceOf(latest, words, isSignedOut)}{still === null ? null : <> <span>{sentenceOf(still, words, isSignedOut)}</span></>}</p>
        {canUndo ? <button type="button" className={styles.noticeAct} onClick={takeBack}><Icon name="retry" size="text" />{words.say('decide.takeBack')} <kbd aria-hidden="true">{undoKey}</kbd></button> : null}
      </div>
    </>
  )
}

/** A decision that does not go out by itself, with what came between and the way on. */
function Stopped({ decision, role }: { readonly decision: HeldDecision; readonly role: 'alert' | undefined }) {
  const { words, log, readings } = useDesk()
  const { say } = words
  const [, navigate] = useLocation()
  const { ref, rival, body, entryId } = decision
  const own = say(`verdictDone.${body.verdict}`)
  const now = readings.known(entryId)?.reading
  const isSecond = body.verdict === 'askBack' && now?.isSecond === true
  const changed = now?.entry.review === 'withdrawn' ? 'decide.stoppedWithdrawn' : 'decide.stoppedRevised'
  const text = rival?.verdict === null || rival === null
    ? say(isSecond ? 'decide.stoppedSecond' : changed, { ref, own })
    : say('decide.stoppedDecided', { ref, own, name: rival.name ?? say('people.coordinator'), verdict: say(`verdictDone.${rival.verdict}`) })
  const read = async () => {
    await log.takeBack([decision])
    // Read anew before it is shown: what the desk kept is what the decision was made on.
    await readings.read(entryId)
    navigate(`/desk/entry/${entryId}`)
  }
  return (
    <div className={styles.notice} data-phase="stopped">
      <p role={role}>{text}</p>
      <button type="button" className={styles.noticeAct} onClick={() => void read()}>{say('decide.readIt')}</button>
      <button type="button" className={styles.noticeAct} onClick={() => void log.takeBack([decision])}>{say('decide.leaveIt')}</button>
    </div>
  )
}

/** Whoever was signed out waits for no connection. */
function sentenceOf({ kind: became, decisions }: LatestAct, { say }: ReturnType<typeof useDesk>['words'], isSignedOut: boolean): string {
  const [first] = decisions
  if (first === undefined) return ''
  const kind = became === 'kept' && isSignedOut ? 'unjoined' : became
  const verdict = say(`verdictDone.${first.verdict}`)
  return decisions.length === 1 ? say(`decide.${kind}`, { ref: first.ref, verdict }) : say(`decide.many.${kind}`, { count: decisions.length, verdict })
}

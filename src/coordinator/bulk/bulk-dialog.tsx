import { useRef, useState } from 'react'
import type { SubmitEvent } from 'react'
import type { EntryId } from '#domain/ids.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { bulkHoldMs, isHeldAlready } from '#coordinator/decision-log.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { bulkVerdicts, planOf, unreadCount } from '#coordinator/bulk/bulk-plan.ts'
import type { BulkPlan, BulkVerdict } from '#coordinator/bulk/bulk-plan.ts'
import styles from '#coordinator/bulk/bulk.module.css'
import { useCandidates } from '#coordinator/bulk/use-candidates.ts'
import { useBegun } from '#coordinator/review/begun.ts'
import { decisionBody, emptyJudgement } from '#coordinator/review/judgement.ts'
import { LimitedArea } from '#coordinator/limited-text.tsx'
import { Button } from '#ui/button/button.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'
import { Note } from '#ui/note/note.tsx'

interface BulkDialogProps {
  readonly rows: readonly EntryRow[]
  readonly onDecided: () => void
  readonly onClose: () => void
}

/** One verdict and one reason for several entries, each on the revision that was read; who is left out stands there by name. What was begun stands there again unless it was given up. */
export function BulkDialog({ rows, onDecided, onClose }: BulkDialogProps) {
  const { words, log, ground } = useDesk()
  const { say } = words
  const { candidates, read } = useCandidates(rows)
  const { verdict, reason, setVerdict, setReason, forget } = useBegunDecision(rows)
  const [takesUnread, setTakesUnread] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const busy = useRef(false)
  const plan = planOf(candidates, { verdict, takesUnread })
  const unread = unreadCount(candidates)
  const isReading = read < rows.length
  const hint = hintOf({ verdict, isReading, isReasonMissing: verdict === 'reject' && reason.trim() === '', going: plan.going.length })

  const handleSubmit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (hint !== null || verdict === null || busy.current) return
    busy.current = true
    setFailed(false)
    const kept = await log.decide(plan.going.flatMap((reading) => (reading.contentHash === null ? [] : [{
      entryId: reading.entry.id, ref: reading.row.ref, base: reading.entry.head, asOf: reading.asOf,
      body: decisionBody({ ...emptyJudgement, verdict, reason }, { revision: reading.entry.revision, contentHash: reading.contentHash }, ground.newQuestionId),
    }])), bulkHoldMs)
    busy.current = false
    if (kept.ok) {
      forget()
      onDecided()
    }
    // What another window has decided on meanwhile is named among those that are left out.
    else setFailed(!isHeldAlready(kept.problem))
  }

  return (
    <Dialog title={say('bulk.title', { count: rows.length })} closeLabel={say('keys.close')} onClose={onClose}>
      <form autoComplete="off" className={styles.form} data-dirty={reason !== ''} onSubmit={(event) => void handleSubmit(event)}>
        {hasFailed ? <Note tone="stop" live="alert">{say('decide.failedStore')}</Note> : null}
        <fieldset className={styles.verdicts}>
          <legend>{say('bulk.legend')}</legend>
          {bulkVerdicts.map((one, index) => (
            <label key={one}>
              <input type="radio" name="bulk-verdict" data-first-focus={index === 0 || verdict === one ? true : undefined} value={one} checked={verdict === one} onChange={() => setVerdict(one)} />
              {say(one === 'approve' ? 'verdict.approve' : 'bulk.reject')}
            </label>
          ))}
        </fieldset>
        {verdict === 'reject' ? <LimitedArea label={say('bulk.reason')} hint={say('bulk.reasonHint')} rows={3} maxLength={500} value={reason} onChange={setReason} /> : null}
        {verdict === 'approve' && unread > 0 ? (
          <Note tone="stop" icon="eye-off" title={say('bulk.unreadTitle', { count: unread })}>
            <p>{say('bulk.unreadText')}</p>
            <label className={styles.unread}>
              <input type="checkbox" checked={takesUnread} onChange={(event) => setTakesUnread(event.target.checked)} />
              {say('bulk.takeUnread', { count: unread })}
            </label>
          </Note>
        ) : null}
        <LeftOutList left={plan.left} />
        <p className={styles.hint} role="status">{isReading ? say('bulk.reading', { read, total: rows.length }) : say(hint ?? 'bulk.ready', { count: plan.going.length })}</p>
        <div className={styles.acts}>
          <Button onClick={() => {
            forget()
            onClose()
          }}
          >
            {say('invites.cancel')}
          </Button>
          <Button type="submit" look="main" isDisabled={hint !== null}>{say('bulk.decide', { count: plan.going.length })}</Button>
        </div>
      </form>
    </Dialog>
  )
}

/** The words stay as long as one of the entries is chosen that they were begun for; a verdict is chosen for just these. */
function useBegunDecision(rows: readonly EntryRow[]) {
  const ids = rows.map(({ id }) => id).toSorted()
  const { value, put, forget } = useBegun<{ readonly of: readonly EntryId[]; readonly verdict: BulkVerdict | null; readonly reason: string }>('decision on several', { of: [], verdict: null, reason: '' })
  const verdict = value.of.join() === ids.join() ? value.verdict : null
  const reason = value.of.some((id) => ids.includes(id)) ? value.reason : ''
  return { verdict, reason, forget, setVerdict: (next: BulkVerdict) => put({ of: ids, verdict: next, reason }), setReason: (next: string) => put({ of: ids, verdict, reason: next }) }
}

function LeftOutList({ left }: Pick<BulkPlan, 'left'>) {
  const { say } = useDesk().words
  if (left.length === 0) return null
  return (
    <section className={styles.left} aria-label={say('bulk.left', { count: left.length })}>
      <h3>{say('bulk.left', { count: left.length })}</h3>
      <ul>{left.map(({ row, why }) => <li key={row.id}><bdi>{row.ref}</bdi> <span>{say(`bulk.why.${why}`)}</span></li>)}</ul>
    </section>
  )
}

function hintOf({ verdict, isReading, isReasonMissing, going }: { readonly verdict: BulkVerdict | null; readonly isReading: boolean; readonly isReasonMissing: boolean; readonly going: number }) {
  if (isReading) return 'bulk.wait' as const
  if (verdict === null) return 'gap.choose' as const
  if (isReasonMissing) return 'gap.reason-missing' as const
  return going === 0 ? 'bulk.nothing' as const : null
}

import { useEffect, useId, useRef } from 'react'
import type { RefObject, SubmitEvent } from 'react'
import type { Verdict } from '#domain/change.ts'
import type { Decision } from '#domain/entry-state.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskWords } from '#coordinator/desk-words.ts'
import type { Unkept } from '#coordinator/review/begun.ts'
import { verdictsFor } from '#coordinator/review/judgement.ts'
import { KeptBegun } from '#coordinator/review/kept-begun.tsx'
import { revisionNumber } from '#coordinator/review/reading.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import { usePasteGuard } from '#coordinator/limited-text.tsx'
import styles from '#coordinator/review/decision-bar.module.css'
import { onJudgement } from '#coordinator/review/use-kept-begun.ts'
import type { Review } from '#coordinator/review/use-review.ts'
import { Button } from '#ui/button/button.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

const marks = { approve: { icon: 'check', key: 'A' }, askBack: { icon: 'question', key: 'Q' }, reject: { icon: 'close', key: 'R' }, reopen: { icon: 'retry', key: 'O' } } as const

const alreadyKeys = { held: 'decide.alreadyHeld', sending: 'decide.already', sent: 'decide.already', kept: 'decide.alreadyKept' } as const

/** Choose, then decide: nothing is chosen at first, and "Decide" says why it is off. */
export function DecisionBar({ review, reading }: { readonly review: Review; readonly reading: Reading }) {
  const { words, log } = useDesk()
  const { say } = words
  const hintId = useId()
  const stands = useRef(false)
  useEffect(() => {
    stands.current = true
  }, [])
  const logged = log.byEntry.get(reading.entry.id)
  if (logged !== undefined) {
    return (
      <div className={styles.bar}>
        <p className={styles.decided}><Icon name="check" size="text" />{say(alreadyKeys[logged.phase], { verdict: say(`verdictDone.${logged.verdict}`) })}</p>
        {logged.phase === 'held' ? <Button onClick={() => void log.takeBack(log.held.filter(({ entryId }) => entryId === logged.entryId))}>{say('decide.takeBack')}</Button> : null}
        {logged.phase === 'sent' ? <Button onClick={review.showNew}>{say('entry.showNew')}</Button> : null}
      </div>
    )
  }
  const { judgement, gap } = review
  const choose = (verdict: Verdict) => review.change({ ...judgement, verdict })
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    review.decide()
  }
  const isOff = gap !== null || review.moved !== null || review.isDeciding
  return (
    <form autoComplete="off" className={styles.bar} aria-label={say('decide.on', { ref: reading.row.ref })} onSubmit={handleSubmit}>
      {review.saveProblem === null ? null : <p className={styles.failed} role="alert">{say(review.saveProblem.kind === 'storage-full' ? 'decide.failedFull' : 'decide.failedStore')}</p>}
      <fieldset className={styles.set}>
        <legend className={styles.hidden}>{say('decide.legend')}</legend>
        {verdictsFor(reading).map((verdict) => (
          <label key={verdict} className={styles.tile} data-verdict={verdict}>
            <input type="radio" name="verdict" value={verdict} checked={judgement.verdict === verdict} onChange={() => choose(verdict)} />
            <Icon name={marks[verdict].icon} size="text" />
            <span>{say(`verdict.${verdict}`)}</span>
            <kbd aria-hidden="true">{marks[verdict].key}</kbd>
          </label>
        ))}
      </fieldset>
      {judgement.verdict === 'reject' ? (
        <Reason value={judgement.reason} hintId={hintId} stands={stands} onChange={(reason) => review.change({ ...judgement, reason })} />
      ) : null}
      <KeptBegun on={onJudgement(reading.entry.id)} />
      {review.unkept?.isHidden === true ? <HiddenWords unkept={review.unkept} /> : null}
      {review.recent === null ? null : <RecentVerdict decision={review.recent} reading={reading} isAsking={review.isAsking} />}
      <p className={styles.hint} id={hintId}>{words.dots([hintOf(review, words), ...(gap === null && review.moved === null ? [say('decide.revision', { revision: revisionNumber(reading) })] : [])])}</p>
      <button type="submit" className={styles.decide} aria-disabled={isOff} aria-describedby={hintId}>{say(review.isAsking ? 'decide.allTheSame' : 'decide.button')} <kbd aria-hidden="true">↵</kbd></button>
    </form>
  )
}

/** Two people on one entry: who was first, said before the second verdict, and asked about once. */
function RecentVerdict({ decision, reading, isAsking }: { readonly decision: Decision; readonly reading: Reading; readonly isAsking: boolean }) {
  const { words, ground } = useDesk()
  const { say, time } = words
  const who = { name: reading.members.get(decision.memberId)?.name ?? say('people.coordinator'), verdict: say(`verdictDone.${decision.verdict}`), ago: decision.at === null ? '' : time.ago(decision.at, ground.now()) }
  return (
    <p className={styles.recent} role={isAsking ? 'alert' : undefined}>
      <Icon name="split" size="text" />
      <span>{say('decide.recent', who)} {decision.reason === undefined ? null : <q dir="auto">{decision.reason}</q>} {isAsking ? say('decide.recentAsk') : null}</span>
    </p>
  )
}

/** What was begun and has no form here would keep everybody from deciding: it can be read, and given up. */
function HiddenWords({ unkept: { field, value, forget } }: { readonly unkept: Unkept }) {
  const { words } = useDesk()
  return (
    <p className={styles.recent}>
      <Icon name="edit" size="text" />
      <span>{words.say('begun.hidden', { field: words.field(field) })} <q dir="auto">{begunText(field, value, words)}</q> <TextButton onClick={forget}>{words.say('transcript.cancel')}</TextButton></span>
    </p>
  )
}

/** A translation and a transcript lie there with how they were made, another level with why. */
function begunText(field: string, value: unknown, words: DeskWords): string {
  const parts = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly written?: string; readonly text?: string; readonly reason?: string }) : null
  return parts === null ? words.value(field, value) : (parts.written ?? parts.text ?? parts.reason ?? '')
}

const longestReason = 500

function Reason({ value, hintId, stands, onChange }: { readonly value: string; readonly hintId: string; readonly stands: RefObject<boolean>; readonly onChange: (reason: string) => void }) {
  const { say } = useDesk().words
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const { words: pasted, onPaste, forget } = usePasteGuard(longestReason)
  const handleChange = (text: string): void => {
    forget()
    onChange(text)
  }
  useEffect(() => {
    // Chosen by its key, the reason is written next. Chosen among the radios, the focus stays there: arrows may walk on. Where it was begun earlier
    // it comes with its bar, to somebody who walks on by keys.
    if (stands.current && !(document.activeElement instanceof HTMLInputElement)) input.current?.focus()
  }, [stands])
  return (
    <div className={styles.reason}>
      <label htmlFor={id}>{say('decide.reason')}</label>
      <span className={styles.reasonHint}>{say('decide.reasonHint')}</span>
      <input ref={input} id={id} data-goes-with="reject" dir={value === '' ? undefined : 'auto'} maxLength={longestReason} autoComplete="off" value={value} onPaste={onPaste} onChange={(event) => handleChange(event.target.value)} aria-describedby={hintId} />
      {pasted === undefined ? null : <span className={styles.reasonHint} role="alert">{pasted}</span>}
    </div>
  )
}

function hintOf({ gap, judgement, unkept, moved }: Review, { say, field }: DeskWords): string {
  // The note above the words may be out of sight.
  if (moved !== null) return say('gap.moved')
  if (gap === 'unkept') return say('gap.unkept', { field: field(unkept?.field ?? '') })
  if (gap !== null) return say(`gap.${gap}`)
  if (judgement.verdict === 'askBack') return say('gap.questions', { count: Object.keys(judgement.questions).length })
  return say('gap.none')
}

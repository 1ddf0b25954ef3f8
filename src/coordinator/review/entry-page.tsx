import { useEffect, useId, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { EntryId } from '#domain/ids.ts'
import { isOpen } from '#domain/review.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useAssigning } from '#coordinator/assign/assigning.tsx'
import { NearSection } from '#coordinator/near/near-section.tsx'
import { Comments } from '#coordinator/review/comments.tsx'
import { DecisionBar } from '#coordinator/review/decision-bar.tsx'
import { EntryBody } from '#coordinator/review/entry-body.tsx'
import { EntryMap } from '#coordinator/review/entry-map.tsx'
import { EntryWaiting } from '#coordinator/review/entry-waiting.tsx'
import { EraseEntry } from '#coordinator/review/erase-entry.tsx'
import { FieldPicker } from '#coordinator/review/field-picker.tsx'
import { Grades } from '#coordinator/review/grades.tsx'
import { History } from '#coordinator/review/history.tsx'
import styles from '#coordinator/review/review.module.css'
import sideStyles from '#coordinator/review/side.module.css'
import { SensitivitySection } from '#coordinator/review/sensitivity.tsx'
import { useReview } from '#coordinator/review/use-review.ts'
import { useReviewKeys } from '#coordinator/review/use-review-keys.ts'
import { useKeys } from '#coordinator/shell/keys.ts'
import { Icon } from '#ui/icon/icon.tsx'

interface EntryPageProps {
  readonly id: EntryId
  /** Where it stands on the list that it was opened from, if it is on it. */
  readonly place: { readonly number: number; readonly total: number } | null
  readonly queueHref: string
  readonly onNext: (() => void) | undefined
  /** To the next that is not decided yet; undefined where there is none. */
  readonly onDecided: (() => void) | undefined
  readonly onPrevious: (() => void) | undefined
}

/** One entry with everything known about it. */
export function EntryPage({ id, place, queueHref, onNext, onDecided, onPrevious }: EntryPageProps) {
  const { words, readings } = useDesk()
  const { say } = words
  const [, navigate] = useLocation()
  const commentId = useId()
  const [isPicking, setPicking] = useState(false)
  const toQueue = () => navigate(queueHref)
  const review = useReview(id, onDecided ?? toQueue)
  const { reading } = review
  const assigning = useAssigning()
  useEffect(() => {
    if (reading !== null) readings.open(reading)
  }, [readings, reading])
  const isAskable = reading !== null && isOpen(reading.entry.review) && !reading.isSecond
  useReviewKeys(review, { onAsk: isAskable ? () => setPicking(true) : undefined })
  useKeys({
    j: () => onNext?.(),
    k: () => onPrevious?.(),
    escape: toQueue,
    t: () => reading !== null && assigning.take([reading.row]),
    g: () => reading !== null && assigning.give([reading.row]),
    c: () => document.getElementById(commentId)?.focus(),
  })
  return (
    <div className={styles.page}>
      <main className={styles.main}>
        <nav className={styles.spread} aria-label={say('queue.list')}>
          <Link href={queueHref} className={styles.backLink}><Icon name="back" size="text" />{say('entry.toQueue')}</Link>
          <span className={styles.walk}>
            {place === null ? null : <span className={styles.quiet}>{say('entry.walk', { place: place.number, total: place.total })}</span>}
            <button type="button" className={styles.step} aria-label={say('entry.previous')} aria-disabled={onPrevious === undefined} onClick={onPrevious}><Icon name="chevron-up" size="s" /></button>
            <button type="button" className={styles.step} aria-label={say('entry.next')} aria-disabled={onNext === undefined} onClick={onNext}><Icon name="chevron-down" size="s" /></button>
          </span>
        </nav>
        {reading === null ? <><h1 className="visually-hidden">{say('decide.legend')}</h1><EntryWaiting id={id} loaded={review.loaded} /></> : <EntryBody review={review} reading={reading} layout="page" />}
      </main>
      {reading === null ? null : <DecisionBar review={review} reading={reading} />}
      {reading === null ? null : (
        <aside className={sideStyles.side} aria-label={say('entry.around')}>
          {isOpen(reading.entry.review) ? <Grades reading={reading} judgement={review.judgement} onChange={review.change} /> : null}
          <SensitivitySection reading={reading} onWritten={review.written} />
          <EntryMap reading={reading} />
          <NearSection reading={reading} />
          <History reading={reading} />
          <Comments reading={reading} fieldId={commentId} />
          <EraseEntry reading={reading} />
        </aside>
      )}
      {isPicking && reading !== null ? <FieldPicker reading={reading} review={review} onClose={() => setPicking(false)} /> : null}
    </div>
  )
}

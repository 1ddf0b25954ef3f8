import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { EntryId } from '#domain/ids.ts'
import { isOpen } from '#domain/review.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { DecisionBar } from '#coordinator/review/decision-bar.tsx'
import { EntryBody } from '#coordinator/review/entry-body.tsx'
import { EntryWaiting } from '#coordinator/review/entry-waiting.tsx'
import { FieldPicker } from '#coordinator/review/field-picker.tsx'
import styles from '#coordinator/review/review.module.css'
import { useReview } from '#coordinator/review/use-review.ts'
import { useReviewKeys } from '#coordinator/review/use-review-keys.ts'

interface EntryPaneProps {
  readonly id: EntryId
  readonly href: string
  readonly onDecided: () => void
}

/** The selected entry beside the list: enough to read and decide; the whole entry is one key away. */
export function EntryPane({ id, href, onDecided }: EntryPaneProps) {
  const { words, readings } = useDesk()
  const [, navigate] = useLocation()
  const review = useReview(id, onDecided)
  const [isPicking, setPicking] = useState(false)
  const { reading } = review
  const isGone = useFresh().gone.has(id)
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a small window the pane is not drawn: then nobody has had the entry before them.
    if (reading !== null && isDrawn(pane.current)) readings.open(reading)
  }, [readings, reading])
  const isAskable = reading !== null && isOpen(reading.entry.review) && !reading.isSecond
  useReviewKeys(review, { onAsk: isAskable ? () => setPicking(true) : undefined, wayThere: () => (isDrawn(pane.current) ? null : () => navigate(href)) })
  return (
    <section ref={pane} className={styles.pane} data-pane="true" aria-label={reading === null ? words.say('entry.words') : reading.row.ref}>
      <div className={styles.paneBody}>
        {reading === null ? <EntryWaiting id={id} loaded={review.loaded} /> : <EntryBody review={review} reading={reading} layout="pane" />}
        {isGone ? null : <p><a href={href}>{words.say('entry.open')}</a></p>}
      </div>
      {reading === null ? null : <DecisionBar review={review} reading={reading} />}
      {isPicking && reading !== null ? <FieldPicker reading={reading} review={review} onClose={() => setPicking(false)} /> : null}
    </section>
  )
}

function isDrawn(pane: HTMLElement | null): boolean {
  return pane !== null && getComputedStyle(pane).display !== 'none'
}

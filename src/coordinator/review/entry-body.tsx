import { useEffect, useRef } from 'react'
import { isOpen } from '#domain/review.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { Conflict } from '#coordinator/review/conflict.tsx'
import { EntryHead } from '#coordinator/review/entry-head.tsx'
import { EntryNotes } from '#coordinator/review/entry-notes.tsx'
import { FieldTable } from '#coordinator/review/field-table.tsx'
import { Photos } from '#coordinator/review/photos.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/review.module.css'
import type { Review } from '#coordinator/review/use-review.ts'
import { WordsSection } from '#coordinator/review/words-section.tsx'

function nobodyAsked({ unreachable, row }: Reading, words: ReturnType<typeof useDesk>['words']): string | null {
  if (unreachable === null || unreachable === undefined) return null
  return unreachable === 'table' ? words.say('ask.ofTable') : words.say('ask.left', { name: row.author.name })
}

/** An entry as it is read: head, what must be known first, the words, the fields, the photos. */
export function EntryBody({ review, reading, layout }: { readonly review: Review; readonly reading: Reading; readonly layout: 'page' | 'pane' }) {
  const { log, words } = useDesk()
  const { judgement, change } = review
  const stands = useRef(false)
  useEffect(() => {
    stands.current = true
  }, [])
  const isReadOn = isOpen(reading.entry.review) && !log.byEntry.has(reading.entry.id)
  const asking = isReadOn && (!reading.isSecond || Object.keys(judgement.questions).length > 0) ? { judgement, onChange: change, isClosed: reading.isSecond, nobody: nobodyAsked(reading, words), stands } : null
  const hasPhotos = (reading.entry.content.photos ?? []).length > 0
  return (
    <>
      <EntryHead reading={reading} level={layout === 'page' ? 'h1' : 'h2'} />
      <EntryNotes review={review} reading={reading} />
      {reading.entry.conflicts.map((conflict) => <Conflict key={conflict.field} conflict={conflict} reading={reading} onSettled={review.written} />)}
      <WordsSection reading={reading} asking={asking} onWritten={review.written} />
      <div className={layout === 'page' && hasPhotos ? styles.columns : styles.oneColumn}>
        <FieldTable reading={reading} asking={asking} isCompact={layout === 'pane' || !hasPhotos} onWritten={review.written} />
        <Photos reading={reading} asking={asking} />
      </div>
    </>
  )
}

import { WhoseLine } from '#coordinator/assign/whose-line.tsx'
import { isOpen } from '#domain/review.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { revisionNumber } from '#coordinator/review/reading.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/review.module.css'
import { offlineFromMs } from '#coordinator/time-words.ts'
import { KindMark } from '#ui/kind-mark/kind-mark.tsx'
import { Ref } from '#ui/ref/ref.tsx'
import { StateMark } from '#ui/state-mark/state-mark.tsx'

/** Kind and ref, who wrote it, when it was seen and how long the phone had no connection, and whose it is to read. */
export function EntryHead({ reading, level }: { readonly reading: Reading; readonly level: 'h1' | 'h2' }) {
  const { words } = useDesk()
  const { entry, row } = reading
  const Heading = level
  const author = row.author.organisation === undefined ? row.author.name : words.say('entry.by', { name: row.author.name, organisation: row.author.organisation })
  return (
    <header className={styles.head}>
      <div className={styles.spread}>
        <Heading className={styles.title}>
          <KindMark kind={entry.kind} />
          <Ref value={row.ref} />
        </Heading>
        <StateMark state={markOf[entry.review]}>{words.dots([words.state(entry.review), words.say('entry.revision', { revision: revisionNumber(reading) })])}</StateMark>
      </div>
      <p className={styles.quiet}>
        {words.dots([author, journey(reading, words)])}
      </p>
      <WhoseLine row={row} isOpen={isOpen(entry.review)} />
    </header>
  )
}

const markOf = { received: 'received', edited: 'edited', hasIssues: 'question', approved: 'approved', rejected: 'rejected', withdrawn: 'withdrawn' } as const

function journey({ entry, unreachable }: Reading, words: ReturnType<typeof useDesk>['words']): string {
  const received = entry.receivedAt ?? entry.recordedAt
  // No phone has recorded it: the moment of its record is made of its day, and nobody was without a connection.
  if (unreachable === 'table') return words.say('entry.seenTable', { seen: words.time.day(entry.content.observedOn), received: words.time.instant(received) })
  const seen = words.say('entry.seenRecorded', { seen: words.time.day(entry.content.observedOn), recorded: words.time.instant(entry.recordedAt), received: words.time.instant(received) })
  const offlineMs = Date.parse(received) - Date.parse(entry.recordedAt)
  return offlineMs < offlineFromMs ? seen : `${seen} ${words.say('entry.offlineFor', { duration: words.time.span(offlineMs) })}`
}

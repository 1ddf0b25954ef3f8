import { transcriptMethod } from '#domain/laid-beside.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/review.module.css'
import { Words } from '#ui/words/words.tsx'

/** Words that a coordinator chose where the author had written two: beside the original, with who chose. */
export function SettledWords({ reading, field }: { readonly reading: Reading; readonly field: 'description' | 'quote' }) {
  const { words } = useDesk()
  const correction = reading.entry.corrections[field]
  // What a voice note says stands beside its player.
  if (field === 'description' && transcriptMethod(reading.entry) !== null) return null
  if (correction === undefined || typeof correction.value !== 'string') return null
  return (
    <figure className={styles.translation}>
      <figcaption className={styles.label}>{words.say('conflict.settledBy', { name: reading.members.get(correction.memberId)?.name ?? words.say('people.coordinator') })}</figcaption>
      <Words as="blockquote" size="l" lang={reading.entry.content.lang}>{correction.value}</Words>
    </figure>
  )
}

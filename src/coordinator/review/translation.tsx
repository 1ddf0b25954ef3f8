import { useDesk } from '#coordinator/desk-context.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/review.module.css'
import { Words } from '#ui/words/words.tsx'

/** A translation that a coordinator laid beside the original: always with its original next to it, and with who laid it there. */
export function Translation({ reading }: { readonly reading: Reading }) {
  const { words } = useDesk()
  const correction = reading.entry.corrections['descriptionEn']
  const text = textOf(correction?.value)
  if (correction === undefined || text === null) return null
  return (
    <figure className={styles.translation}>
      <figcaption className={styles.label}>{words.say('entry.translation', { name: reading.members.get(correction.memberId)?.name ?? '' })}</figcaption>
      <Words as="blockquote" size="l" lang="en">{text}</Words>
    </figure>
  )
}

function textOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string' ? value.text : null
}

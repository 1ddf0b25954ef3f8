import { spokenParts } from '#coordinator/report/slots.ts'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import type { WrittenSentence } from '#domain/written-report.ts'
import { numberIn } from '#report/say-report.ts'

/** A sentence as it will read, with the inserted numbers in it. */
export function SpokenSentence({ sentence, isMarked = false }: { readonly sentence: WrittenSentence; readonly isMarked?: boolean }) {
  const { state } = useWriting()
  const Element = isMarked ? 'mark' : 'span'
  return (
    <Element className={styles.spoken} lang={sentence.lang} dir="auto">
      {spokenParts(sentence, state.evidence?.numbers ?? []).map((part, index) => ('text' in part
        ? part.text
        // oxlint-disable-next-line react/no-array-index-key -- the same number may stand twice, and parts have no other name
        : <b key={index} className={styles.number} title={part.say ?? undefined}>{part.count === null ? '[…]' : numberIn(sentence.lang, part.count)}</b>))}
    </Element>
  )
}

import { Link } from 'wouter'
import styles from '#coordinator/report/report.module.css'
import { spokenParts } from '#coordinator/report/slots.ts'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import type { WrittenSentence } from '#domain/written-report.ts'
import { numberIn } from '#report/say-report.ts'

interface SpokenSentenceProps {
  readonly sentence: WrittenSentence
  readonly isMarked?: boolean
  /** Its numbers lead to their entries; not where all of it is a link already. */
  readonly isLinked?: boolean
}

/** A sentence as it will read, with the inserted numbers in it. */
export function SpokenSentence({ sentence, isMarked = false, isLinked = false }: SpokenSentenceProps) {
  const { state } = useWriting()
  const Element = isMarked ? 'mark' : 'span'
  return (
    <Element className={styles.spoken} lang={sentence.lang} dir="auto">
      {spokenParts(sentence, state.evidence?.numbers ?? []).map((part, index) => {
        if ('text' in part) return part.text
        const shown = part.count === null ? '[…]' : numberIn(sentence.lang, part.count)
        const look = { className: styles.number, title: part.say ?? undefined }
        // oxlint-disable-next-line react/no-array-index-key -- the same number may stand twice, and parts have no other name
        return isLinked && part.say !== null ? <Link key={index} href={`/desk/report/figure?id=${encodeURIComponent(part.figure)}`} {...look}>{shown}</Link> : <b key={index} {...look}>{shown}</b>
      })}
    </Element>
  )
}

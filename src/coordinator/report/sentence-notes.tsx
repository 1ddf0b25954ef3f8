import { useEffect, useState } from 'react'
import type { WrittenSentence } from '#domain/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/report/editor.module.css'
import { isOutsideDays } from '#coordinator/report/part-facts.ts'
import { hasSlots, spokenParts } from '#coordinator/report/slots.ts'
import { SpokenSentence } from '#coordinator/report/spoken-sentence.tsx'
import { typedNumbers } from '#coordinator/report/typed-numbers.ts'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { lintSentence } from '#report/lint/lint-sentence.ts'
import { Icon } from '#ui/icon/icon.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

const lintAfterMs = 500

/** What to know of a sentence, below it: how it will read, whether anything stands behind it, and what claims more than entries show. */
export function SentenceNotes({ sentence, onInsert }: { readonly sentence: WrittenSentence; readonly onInsert: () => void }) {
  const { words } = useDesk()
  const { state, say } = useWriting()
  const text = useSettled(sentence.text)
  const hits = lintSentence(text, sentence.lang)
  const typed = typedNumbers(text, sentence.lang)
  const isUnsupported = sentence.text.trim() !== '' && sentence.cites.length === 0 && !hasSlots(sentence.text)
  return (
    <>
      {hasSlots(sentence.text) ? <Preview sentence={sentence} /> : null}
      {isUnsupported ? <p className={styles.warn}><Icon name="warning" size="text" />{say('report.unsupported')}</p> : null}
      {isOutsideDays(state, sentence) ? <p className={styles.warn}><Icon name="warning" size="text" />{say('write.outside')}</p> : null}
      {hits.map(({ rule, start, end, why, instead }) => (
        <p key={`${rule} ${start}`} className={styles.lint}>
          <Icon name="edit" size="text" />
          <span><mark lang={sentence.lang} dir="auto">{text.slice(start, end)}</mark> {say(why.say)} <b>{say(instead.say)}</b></span>
        </p>
      ))}
      {typed.length === 0 ? null : (
        <p className={styles.lint}>
          <Icon name="figure" size="text" />
          <span>{say('write.digits', { numbers: words.list(typed) })} <TextButton onClick={onInsert}>{say('write.number.add')}</TextButton></span>
        </p>
      )}
    </>
  )
}

function Preview({ sentence }: { readonly sentence: WrittenSentence }) {
  const { state, say } = useWriting()
  const numbers = state.evidence?.numbers
  const hidden = numbers === undefined ? [] : spokenParts(sentence, numbers).flatMap((part) => ('figure' in part && part.count === null ? [part.say] : []))
  return (
    <div className={styles.preview}>
      <p><span className={styles.quiet}>{say('write.reads')}</span> <SpokenSentence sentence={sentence} /></p>
      {[...new Set(hidden)].map((what) => <p key={what} className={styles.warn}><Icon name="info" size="text" />{what === null ? say('write.reads.unknown') : say('write.reads.hidden', { what })}</p>)}
    </div>
  )
}

/** The words once the typing has paused: nobody wants to be corrected within a word. */
function useSettled(text: string): string {
  const { ground } = useDesk()
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    if (settled === text) return
    let isOver = false
    const stop = ground.every(lintAfterMs, () => {
      if (!isOver) setSettled(text)
    })
    return () => {
      isOver = true
      stop()
    }
  }, [text, settled, ground])
  return settled
}

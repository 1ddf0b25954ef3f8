import styles from '#coordinator/report/report.module.css'
import { SpokenSentence } from '#coordinator/report/spoken-sentence.tsx'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import type { WritingPart } from '#coordinator/report/writing-state.ts'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'

/** Somebody else wrote the same meanwhile: both stand beside each other, and a person picks. */
export function ClashNote({ one }: { readonly one: WritingPart }) {
  const { writing, say } = useWriting()
  const { theirs, part } = one
  if (theirs === undefined) return null
  const title = theirs === null ? say('write.clash.gone') : theirs.by === null ? say('write.clash.titleNobody') : say('write.clash.title', { name: theirs.by.name })
  return (
    <Note tone="ask" icon="split" live="alert" title={title} actions={(
      <>
        <Button onClick={() => writing.settle(part.id, 'mine')}>{say(theirs === null ? 'write.clash.again' : 'write.clash.keepMine')}</Button>
        <Button onClick={() => writing.settle(part.id, 'theirs')}>{say(theirs === null ? 'write.clash.letGo' : 'write.clash.keepTheirs')}</Button>
      </>
    )}
    >
      <p>{say('write.clash.text')}</p>
      <div className={styles.both}>
        {theirs === null ? null : <Version title={say('write.clash.theirs')} part={theirs.part} />}
        <Version title={say('write.clash.mine')} part={part} />
      </div>
    </Note>
  )
}

function Version({ title, part }: { readonly title: string; readonly part: WritingPart['part'] }) {
  return (
    <section>
      <h4 className={styles.label}>{title}</h4>
      {part.sentences.map((sentence) => <p key={sentence.id}><SpokenSentence sentence={sentence} /></p>)}
    </section>
  )
}

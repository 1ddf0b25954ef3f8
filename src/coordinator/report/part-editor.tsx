import { useEffect, useRef, useState } from 'react'
import { mostSentences } from '#domain/written-report.ts'
import type { WrittenPart, WrittenSentence } from '#domain/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { AgainstEditor } from '#coordinator/report/against-editor.tsx'
import { ClashNote } from '#coordinator/report/clash-note.tsx'
import { ConfidenceLine } from '#coordinator/report/confidence-line.tsx'
import { KeptWord } from '#coordinator/report/kept-word.tsx'
import { PartFields } from '#coordinator/report/part-fields.tsx'
import { blankSentence, isBlank, withSentence } from '#coordinator/report/parts.ts'
import { PhotosEditor } from '#coordinator/report/photos-editor.tsx'
import { QuotesEditor } from '#coordinator/report/quotes-editor.tsx'
import { RemoveDialog } from '#coordinator/report/remove-dialog.tsx'
import styles from '#coordinator/report/editor.module.css'
import { SentenceEditor } from '#coordinator/report/sentence-editor.tsx'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import type { WritingPart } from '#coordinator/report/writing-state.ts'
import { Button } from '#ui/button/button.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

interface PartEditorProps {
  readonly one: WritingPart
  readonly name: string
  readonly onDone: () => void
}

/** A finding or priority while it is written. Whatever is typed is kept and saved by itself; "Done" only closes it. */
export function PartEditor({ one, name, onDone }: PartEditorProps) {
  const { writing, say } = useWriting()
  const { part } = one
  const [isRemoving, setRemoving] = useState(false)
  const root = useRef<HTMLElement>(null)
  useEffect(() => {
    root.current?.scrollIntoView({ block: 'nearest' })
    const first = root.current?.querySelector('textarea')
    first?.focus()
    first?.setSelectionRange(first.value.length, first.value.length)
  }, [])
  const change = (next: WrittenPart) => writing.edit(part.id, { part: next })
  const done = () => {
    // One that was begun and never written leaves nothing behind.
    if (one.at === null && isBlank(part)) void writing.remove(part.id, writing.seen())
    else writing.leave()
    onDone()
  }
  return (
    <article ref={root} className={styles.editor} aria-label={name}>
      <header className={styles.head}>
        <h3>{name}</h3>
        <KeptWord one={one} />
      </header>
      <ClashNote one={one} />
      <PartFields part={part} onChange={change} />
      <Sentences part={part} onChange={change} />
      <QuotesEditor part={part} onChange={change} />
      <PhotosEditor part={part} onChange={change} />
      <AgainstEditor part={part} onChange={change} />
      <ConfidenceLine part={part} onChange={change} />
      <footer className={styles.foot}>
        <Button look="main" onClick={done}>{say('write.part.done')}</Button>
        <Button look="plain" icon="bin" onClick={() => setRemoving(true)}>{say('write.part.remove')}</Button>
      </footer>
      {isRemoving ? <RemoveDialog id={part.id} onClose={() => setRemoving(false)} /> : null}
    </article>
  )
}

function Sentences({ part, onChange }: { readonly part: WrittenPart; readonly onChange: (part: WrittenPart) => void }) {
  const { ground, words } = useDesk()
  const { say } = useWriting()
  const [removed, setRemoved] = useState<{ readonly sentence: WrittenSentence; readonly at: number } | null>(null)
  const [fresh, setFresh] = useState<string | null>(null)
  const { sentences } = part
  const put = (next: readonly WrittenSentence[]) => onChange({ ...part, sentences: [...next] })
  const add = () => {
    const sentence = blankSentence(ground.newPartId(), sentences.at(-1)?.lang ?? words.locale)
    put([...sentences, sentence])
    setFresh(sentence.id)
  }
  const move = (at: number, by: -1 | 1) => {
    const [own, other] = [sentences[at], sentences[at + by]]
    if (own !== undefined && other !== undefined) put(sentences.map((sentence, index) => (index === at ? other : index === at + by ? own : sentence)))
  }
  return (
    <div className={styles.sentences}>
      {sentences.map((sentence, at) => (
        <SentenceEditor
          key={sentence.id} part={part} sentence={sentence} place={at + 1} isFresh={sentence.id === fresh} isLast={at === sentences.length - 1}
          onChange={(next) => onChange(withSentence(part, next))} onMove={(by) => move(at, by)}
          onRemove={sentences.length === 1 ? null : () => {
            setRemoved({ sentence, at })
            put(sentences.filter(({ id }) => id !== sentence.id))
          }}
        />
      ))}
      <p role="status" className={styles.quiet}>
        {removed === null ? null : <>{say('write.sentence.removed')} <TextButton onClick={() => {
          put(sentences.toSpliced(removed.at, 0, removed.sentence))
          setRemoved(null)
        }}>{say('write.sentence.undo')}</TextButton></>}
      </p>
      {sentences.length < mostSentences ? <Button icon="plus" className={styles.start} onClick={add}>{say('write.sentence.add')}</Button> : <p className={styles.quiet}>{say('write.sentence.full')}</p>}
    </div>
  )
}

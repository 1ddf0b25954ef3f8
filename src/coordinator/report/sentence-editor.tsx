import { useEffect, useRef, useState } from 'react'
import { longestSentence, mostCites } from '#domain/written-report.ts'
import type { WrittenPart, WrittenSentence } from '#domain/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/report/editor.module.css'
import { EvidenceList } from '#coordinator/report/evidence-list.tsx'
import { EvidencePicker } from '#coordinator/report/evidence-picker.tsx'
import { FlagNote } from '#coordinator/report/flag-note.tsx'
import { NumberPicker } from '#coordinator/report/number-picker.tsx'
import { flagsOf } from '#coordinator/report/part-facts.ts'
import { withCitations, withoutCitation } from '#coordinator/report/parts.ts'
import { SentenceNotes } from '#coordinator/report/sentence-notes.tsx'
import { withNumber } from '#coordinator/report/slots.ts'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { locales } from '#i18n/locale.ts'
import { Button } from '#ui/button/button.tsx'
import { Menu } from '#ui/fold/fold.tsx'
import { Select } from '#ui/select/select.tsx'
import { TextArea } from '#ui/text-area/text-area.tsx'

interface SentenceEditorProps {
  readonly part: WrittenPart
  readonly sentence: WrittenSentence
  readonly place: number
  /** Just added: the caret goes there. */
  readonly isFresh: boolean
  readonly isLast: boolean
  readonly onChange: (sentence: WrittenSentence) => void
  readonly onMove: (by: -1 | 1) => void
  /** Null where it is the only one. */
  readonly onRemove: (() => void) | null
}

/** So many characters before the end their number is said. */
const nearEnd = 100

/** One sentence: its words, how it will read, what it rests on, and what to look at. */
export function SentenceEditor({ part, sentence, place, isFresh, isLast, onChange, onMove, onRemove }: SentenceEditorProps) {
  const { writing, state, say } = useWriting()
  const [dialog, setDialog] = useState<'evidence' | 'number' | null>(null)
  const { area, put, caret, noteCaret } = useCaret(isFresh, sentence.text)
  const left = longestSentence - sentence.text.trim().length
  const flags = flagsOf(state, part).filter((flag) => flag.sentence === sentence.id)
  const notesId = `notes-${sentence.id}`
  const insert = (figure: string) => {
    const inserted = withNumber(sentence, figure, caret())
    if (inserted !== null) {
      onChange(inserted.sentence)
      put(inserted.caret)
    }
    setDialog(null)
  }
  return (
    <section className={styles.sentence} id={`sentence-${sentence.id}`} data-flagged={flags.length > 0} aria-label={say('write.sentence', { place })}>
      <TextArea
        ref={area} autoComplete="off" label={say('write.sentence', { place })} isRuled rows={2} lang={sentence.lang} value={sentence.text} describedBy={notesId}
        count={left < nearEnd ? say('write.sentence.left', { count: Math.max(0, left) }) : undefined} error={left < 0 ? say('write.missing.tooLong') : undefined}
        onChange={(text) => onChange({ ...sentence, text })} onSelect={noteCaret} onBlur={() => writing.leave()}
      />
      <div className={styles.tools}>
        <Button icon="link" isDisabled={sentence.cites.length >= mostCites} onClick={() => setDialog('evidence')}>{say('write.evidence.add')}</Button>
        <Button icon="figure" onClick={() => setDialog('number')}>{say('write.number.add')}</Button>
        <span className={styles.aside}>
          <LanguageOf sentence={sentence} onChange={onChange} />
          {place === 1 && isLast ? null : (
            <Menu label={say('write.sentence.more', { place })}>
              {place === 1 ? null : <button type="button" onClick={() => onMove(-1)}>{say('write.sentence.up')}</button>}
              {isLast ? null : <button type="button" onClick={() => onMove(1)}>{say('write.sentence.down')}</button>}
              {onRemove === null ? null : <button type="button" onClick={onRemove}>{say('write.sentence.remove')}</button>}
            </Menu>
          )}
        </span>
      </div>
      <div id={notesId} className={styles.notes}><SentenceNotes sentence={sentence} onInsert={() => setDialog('number')} /></div>
      {flags.map((flag) => <FlagNote key={flag.sentence} flag={flag} onRenew={(citation) => onChange({ ...sentence, cites: [...withCitations(sentence.cites, [citation])] })} onTakeOut={(id) => onChange({ ...sentence, cites: [...withoutCitation(sentence.cites, id)] })} />)}
      <EvidenceList cites={sentence.cites} onRemove={(id) => onChange({ ...sentence, cites: [...withoutCitation(sentence.cites, id)] })} />
      {dialog === 'evidence' ? <EvidencePicker title={say('write.pick.title', { place })} taken={sentence.cites} most={mostCites} topic={part.topic} onTake={(more) => onChange({ ...sentence, cites: [...withCitations(sentence.cites, more)] })} onClose={() => setDialog(null)} /> : null}
      {dialog === 'number' ? <NumberPicker isFull={withNumber(sentence, '', 0) === null} onPick={insert} onClose={() => setDialog(null)} /> : null}
    </section>
  )
}

/** Where to write on once something was put into the text. */
function useCaret(isFresh: boolean, text: string) {
  const area = useRef<HTMLTextAreaElement>(null)
  const next = useRef<number | null>(null)
  const last = useRef<number | null>(null)
  useEffect(() => {
    if (isFresh) area.current?.focus()
  }, [isFresh])
  useEffect(() => {
    if (next.current === null) return
    area.current?.focus()
    area.current?.setSelectionRange(next.current, next.current)
    next.current = null
  })
  return {
    area,
    put: (place: number) => {
      next.current = place
    },
    // Where nobody has been yet, one writes on at the end.
    caret: () => Math.min(last.current ?? text.length, text.length),
    noteCaret: () => {
      last.current = area.current?.selectionStart ?? null
    },
  }
}

function LanguageOf({ sentence, onChange }: Pick<SentenceEditorProps, 'sentence' | 'onChange'>) {
  const { membership, words } = useDesk()
  const { say } = useWriting()
  const tags = [...new Set<string>([sentence.lang, ...locales, ...membership.campaign.languages])]
  return (
    <span className={styles.language}>
      <Select label={say('write.sentence.language')} isLabelHidden value={sentence.lang} options={tags.map((value) => ({ value, label: words.language(value) }))} onChange={(lang) => onChange({ ...sentence, lang: lang ?? sentence.lang })} />
    </span>
  )
}

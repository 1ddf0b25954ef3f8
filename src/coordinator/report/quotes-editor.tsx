import { useState } from 'react'
import { mostQuotes } from '#domain/written-report.ts'
import type { Citation, WrittenPart } from '#domain/written-report.ts'
import type { Quotable } from '#protocol/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { holdsWords } from '#coordinator/report/holds-words.ts'
import styles from '#coordinator/report/editor.module.css'
import { OlderLeft } from '#coordinator/report/older-left.tsx'
import pickers from '#coordinator/report/pickers.module.css'
import { withoutCitation } from '#coordinator/report/parts.ts'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { Button } from '#ui/button/button.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'
import { IconButton } from '#ui/icon-button/icon-button.tsx'
import { Ref } from '#ui/ref/ref.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'
import { Words } from '#ui/words/words.tsx'

interface QuotesEditorProps {
  readonly part: WrittenPart
  readonly onChange: (part: WrittenPart) => void
}

/** Words of people beside a finding: chosen from what may be quoted, never typed. */
export function QuotesEditor({ part, onChange }: QuotesEditorProps) {
  const { say } = useWriting()
  const [isPicking, setPicking] = useState(false)
  const { quotes } = part
  const isFull = quotes.length >= mostQuotes
  const add = ({ entryId, revision, contentHash }: Citation) => {
    onChange({ ...part, quotes: [...withoutCitation(quotes, entryId), { entryId, revision, contentHash }] })
    setPicking(false)
  }
  return (
    <section className={styles.beside}>
      <h4>{say('write.quotes')}</h4>
      {quotes.map((cited) => <Quote key={cited.entryId} cited={cited} onRemove={() => onChange({ ...part, quotes: [...withoutCitation(quotes, cited.entryId)] })} />)}
      {isFull ? <p className={styles.quiet}>{say('write.quotes.full')}</p> : <Button icon="quotation" className={styles.start} onClick={() => setPicking(true)}>{say('write.quote.add')}</Button>}
      {isPicking ? <QuotePicker taken={quotes} onPick={add} onClose={() => setPicking(false)} /> : null}
    </section>
  )
}

function Quote({ cited, onRemove }: { readonly cited: Citation; readonly onRemove: () => void }) {
  const { state, say } = useWriting()
  const quotes = state.evidence?.quotes ?? null
  const found = quotes?.find(({ citation }) => citation.entryId === cited.entryId && citation.revision === cited.revision) ?? null
  return (
    <div className={styles.quote}>
      {found === null ? <p className={styles.quiet}>{say(quotes === null ? 'write.evidence.wait' : 'write.quotes.gone')}</p> : <figure><Words as="blockquote" lang={found.lang}>{found.text}</Words><figcaption><Ref value={found.ref} /></figcaption></figure>}
      <IconButton icon="close" label={say('write.quotes.remove', { ref: found?.ref ?? '' })} onClick={onRemove} />
    </div>
  )
}

const mostShown = 40

function QuotePicker({ taken, onPick, onClose }: { readonly taken: readonly Citation[]; readonly onPick: (citation: Citation) => void; readonly onClose: () => void }) {
  const { words } = useDesk()
  const { state, say } = useWriting()
  const [typed, setTyped] = useState('')
  const quotes = state.evidence?.quotes ?? null
  const found = (quotes ?? []).filter((one) => holdsWords(`${one.text} ${one.ref} ${words.code('topic', one.topic)}`, typed))
  return (
    <Dialog look="wide" title={say('write.quotePick.title')} closeLabel={say('write.pick.close.dialog')} onClose={onClose}>
      <p>{say('write.quotePick.lead')}</p>
      <TextInput label={say('write.quotePick.search')} type="search" autoComplete="off" value={typed} onChange={setTyped} />
      <p role="status" className={pickers.quiet}>{quotes === null ? say('write.numberPick.waiting') : quotes.length === 0 ? say('write.quotePick.empty') : found.length === 0 ? say('write.quotePick.none') : found.length > mostShown ? say('write.numberPick.more', { count: mostShown }) : ''}</p>
      <OlderLeft count={state.evidence?.older?.quotes ?? 0} />
      <ul className={pickers.results}>{found.slice(0, mostShown).map((one) => <li key={one.ref}><QuoteRow one={one} isTaken={taken.some(({ entryId }) => entryId === one.citation.entryId)} onPick={() => onPick(one.citation)} /></li>)}</ul>
    </Dialog>
  )
}

function QuoteRow({ one, isTaken, onPick }: { readonly one: Quotable; readonly isTaken: boolean; readonly onPick: () => void }) {
  const { words } = useDesk()
  const { say } = useWriting()
  return (
    <figure className={pickers.quote}>
      <Words as="blockquote" lang={one.lang}>{one.text}</Words>
      <figcaption>
        <Ref value={one.ref} />
        <span className={pickers.quiet}>{words.code('topic', one.topic)}</span>
        {isTaken ? <b className={pickers.quiet}>{say('write.pick.cited')}</b> : <Button onClick={onPick}>{say('write.quotePick.take', { ref: one.ref })}</Button>}
      </figcaption>
    </figure>
  )
}

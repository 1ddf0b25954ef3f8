import { useState } from 'react'
import { longestSentence, mostCites } from '#domain/written-report.ts'
import type { WrittenPart } from '#domain/written-report.ts'
import styles from '#coordinator/report/editor.module.css'
import { CitedEntry } from '#coordinator/report/evidence-list.tsx'
import { EvidencePicker } from '#coordinator/report/evidence-picker.tsx'
import { FlagNote } from '#coordinator/report/flag-note.tsx'
import { flagsOf } from '#coordinator/report/part-facts.ts'
import { renewed, withCitations, withoutCitation, withPhotos } from '#coordinator/report/parts.ts'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { LimitedArea } from '#coordinator/limited-text.tsx'
import { Button } from '#ui/button/button.tsx'

interface AgainstEditorProps {
  readonly part: WrittenPart
  readonly onChange: (part: WrittenPart) => void
}

/** Entries that say otherwise stand with a finding, each with how that was settled, or open. */
export function AgainstEditor({ part, onChange }: AgainstEditorProps) {
  const { state, writing, say } = useWriting()
  const [isPicking, setPicking] = useState(false)
  const { against, photos = [] } = part
  const flag = flagsOf(state, part).find(({ sentence }) => sentence === null)
  const without = (id: string): WrittenPart => ({ ...part, against: [...withoutCitation(against, id)], quotes: [...part.quotes] })
  return (
    <section className={styles.beside}>
      <h4>{say('write.against')}</h4>
      {flag === undefined ? null : (
        <FlagNote
          flag={flag} onTakeOut={(id) => onChange(withPhotos({ ...without(id), quotes: [...withoutCitation(part.quotes, id)] }, withoutCitation(photos, id)))}
          onRenew={(citation) => onChange(withPhotos({ ...part, quotes: part.quotes.map(renewed(citation)), against: against.map(renewed(citation)) }, photos.map(renewed(citation))))}
        />
      )}
      {against.length === 0 ? <p className={styles.quiet}>{say('write.against.none')}</p> : (
        <ul className={styles.against}>
          {against.map((one) => (
            <li key={one.entryId}>
              <ul className={styles.evidence}><CitedEntry id={one.entryId} label={(ref) => say('write.against.remove', { ref })} onRemove={() => onChange(without(one.entryId))} /></ul>
              <LimitedArea autoComplete="off" label={say('write.against.settled')} hint={say('write.against.settledHint')} rows={2} maxLength={longestSentence} value={one.settled ?? ''} onBlur={() => writing.leave()} onChange={(settled) => onChange({ ...part, against: against.map((other) => (other.entryId === one.entryId ? { ...other, settled: settled === '' ? null : settled } : other)) })} />
            </li>
          ))}
        </ul>
      )}
      <Button icon="split" className={styles.start} isDisabled={against.length >= mostCites} onClick={() => setPicking(true)}>{say('write.against.add')}</Button>
      {isPicking ? <EvidencePicker title={say('write.pick.titleAgainst')} taken={against} most={mostCites} topic={part.topic} onTake={(more) => onChange({ ...part, against: [...withCitations(against, more.map((one) => ({ ...one, settled: null })))] })} onClose={() => setPicking(false)} /> : null}
    </section>
  )
}

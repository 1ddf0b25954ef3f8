import { useState } from 'react'
import type { EntryId } from '#domain/ids.ts'
import type { Citation } from '#domain/written-report.ts'
import styles from '#coordinator/report/editor.module.css'
import { useEntryNote, useWriting } from '#coordinator/report/writing-context.tsx'
import { IconButton } from '#ui/icon-button/icon-button.tsx'
import { KindMark } from '#ui/kind-mark/kind-mark.tsx'
import { Ref } from '#ui/ref/ref.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

const shownFirst = 6

/** What a sentence rests on: each entry with its first words, to open and to take away. */
export function EvidenceList({ cites, onRemove }: { readonly cites: readonly Citation[]; readonly onRemove: (id: EntryId) => void }) {
  const { say } = useWriting()
  const [isWhole, setWhole] = useState(false)
  if (cites.length === 0) return null
  const shown = isWhole || cites.length <= shownFirst + 1 ? cites : cites.slice(0, shownFirst)
  return (
    <div>
      <ul className={styles.evidence} aria-label={say('write.evidence')}>{shown.map(({ entryId }) => <CitedEntry key={entryId} id={entryId} label={(ref) => say('write.evidence.remove', { ref })} onRemove={() => onRemove(entryId)} />)}</ul>
      {shown.length < cites.length ? <TextButton onClick={() => setWhole(true)}>{say('write.evidence.more', { count: cites.length - shown.length })}</TextButton> : null}
    </div>
  )
}

interface CitedEntryProps {
  readonly id: EntryId
  /** Of the button that takes it away. */
  readonly label: (ref: string) => string
  readonly onRemove: () => void
}

export function CitedEntry({ id, label, onRemove }: CitedEntryProps) {
  const { say } = useWriting()
  const note = useEntryNote(id)
  const ref = note === null || typeof note === 'string' ? '' : note.row.ref
  return (
    <li className={styles.cited}>
      {note === null || typeof note === 'string' ? <span className={styles.quiet}>{say(note === null ? 'write.evidence.wait' : `write.evidence.${note}`)}</span> : (
        <a href={`/desk/entry/${id}`} target="_blank" rel="noopener" className={styles.citedLink}>
          <span className={styles.ref}><KindMark kind={note.row.kind} isWordHidden /><Ref value={ref} /></span>
          <span className={styles.firstWords} lang={note.row.lang} dir="auto">{note.words}</span>
        </a>
      )}
      <IconButton icon="close" label={label(ref)} onClick={onRemove} />
    </li>
  )
}

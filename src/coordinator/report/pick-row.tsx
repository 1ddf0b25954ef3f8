import { useId, useState } from 'react'
import type { EntryRow } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/report/pickers.module.css'
import { useEntryNote, useWriting } from '#coordinator/report/writing-context.tsx'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { KindMark } from '#ui/kind-mark/kind-mark.tsx'
import { Ref } from '#ui/ref/ref.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'
import { Words } from '#ui/words/words.tsx'

interface PickRowProps {
  readonly row: EntryRow
  readonly standing: 'taken' | 'picked' | 'free' | 'full'
  readonly onToggle: () => void
}

/** An entry to pick: enough to recognise it, and all its words where one wants to read them. */
export function PickRow({ row, standing, onToggle }: PickRowProps) {
  const { words } = useDesk()
  const { say } = useWriting()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const place = [row.place, row.adm1].filter((part): part is string => part !== null && part !== '')
  return (
    <div className={styles.row} data-picked={standing === 'picked'}>
      <input id={id} type="checkbox" aria-label={say('write.pick.choose', { ref: row.ref })} checked={standing === 'picked' || standing === 'taken'} disabled={standing === 'taken' || standing === 'full'} onChange={onToggle} />
      <label htmlFor={id} className={styles.rowBody}>
        <span className={styles.rowHead}>
          <KindMark kind={row.kind} isWordHidden /><Ref value={row.ref} />
          <span className={styles.quiet}>{words.dots([words.code('topic', row.topic), words.list([...new Set(place.length === 0 ? [words.country(row.country)] : place)]), words.time.day(row.observedOn)])}</span>
          {standing === 'taken' ? <b className={styles.quiet}>{say('write.pick.cited')}</b> : null}
        </span>
        {isOpen ? null : <span className={styles.rowWords} lang={row.lang} dir="auto">{row.text === '' ? words.say('queue.voice') : row.text}</span>}
      </label>
      <TextButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{say(isOpen ? 'write.pick.close' : 'write.pick.read', { ref: row.ref })}</TextButton>
      {isOpen ? <WholeWords row={row} /> : null}
    </div>
  )
}

function WholeWords({ row }: { readonly row: EntryRow }) {
  const { words } = useDesk()
  const { say } = useWriting()
  const note = useEntryNote(row.id)
  return (
    <div className={styles.whole}>
      {note === null ? <Awaited lines={2} /> : typeof note === 'string' ? <p>{say(`write.evidence.${note}`)}</p> : (
        <>
          <Words lang={note.row.lang}>{note.words === '' ? words.say('queue.voice') : note.words}</Words>
          {note.quote === null ? null : <Words as="blockquote" lang={note.row.lang}>{note.quote}</Words>}
        </>
      )}
      <p className={styles.quiet}>{words.dots([row.author.organisation ?? row.author.name, ...(row.severity === null ? [] : [words.value('severity', row.severity)])])}</p>
      <a href={`/desk/entry/${row.id}`} target="_blank" rel="noopener">{say('write.pick.whole')}</a>
    </div>
  )
}

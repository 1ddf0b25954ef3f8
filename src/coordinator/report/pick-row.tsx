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
export function PickRow(props: PickRowProps) {
  return props.row.state === 'approved' ? <Pick {...props} shown={props.row} text={props.row.text} /> : <EditedRow {...props} />
}

/** Of one that was edited since, the row has the edit: what was approved is read for it. */
function EditedRow(props: PickRowProps) {
  const { say } = useWriting()
  const note = useEntryNote(props.row.id)
  if (typeof note === 'string') return <Pick {...props} shown={null} text={say(`write.evidence.${note}`)} />
  return <Pick {...props} shown={note?.row ?? null} text={note?.words ?? null} />
}

interface PickProps extends PickRowProps {
  /** What it is about as it was approved; null as long as that is not known. */
  readonly shown: Pick<EntryRow, 'topic' | 'country' | 'adm1' | 'adm1Name' | 'place' | 'observedOn' | 'lang'> | null
  readonly text: string | null
}

function Pick({ row, standing, onToggle, shown, text }: PickProps) {
  const { words } = useDesk()
  const { say } = useWriting()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <div className={styles.row} data-picked={standing === 'picked'}>
      <input id={id} type="checkbox" aria-label={say('write.pick.choose', { ref: row.ref })} checked={standing === 'picked' || standing === 'taken'} disabled={standing === 'taken' || standing === 'full'} onChange={onToggle} />
      <label htmlFor={id} className={styles.rowBody}>
        <span className={styles.rowHead}>
          <KindMark kind={row.kind} isWordHidden /><Ref value={row.ref} />
          {shown === null ? null : <span className={styles.quiet}>{words.dots([words.code('topic', shown.topic), placeOf(shown, words), words.time.day(shown.observedOn)])}</span>}
          {standing === 'taken' ? <b className={styles.quiet}>{say('write.pick.cited')}</b> : null}
        </span>
        {isOpen ? null : text === null ? <Awaited lines={1} /> : <span className={styles.rowWords} lang={shown?.lang} dir="auto">{text === '' ? words.say('queue.voice') : text}</span>}
        {row.state === 'approved' || shown === null ? null : <span className={styles.quiet}>{say('write.pick.edited')}</span>}
      </label>
      <TextButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{say(isOpen ? 'write.pick.close' : 'write.pick.read', { ref: row.ref })}</TextButton>
      {isOpen ? <WholeWords row={row} /> : null}
    </div>
  )
}

function placeOf({ place, country, ...region }: NonNullable<PickProps['shown']>, words: ReturnType<typeof useDesk>['words']): string {
  const named = [place, words.region(region)].filter((part): part is string => part !== null && part !== '')
  return words.list([...new Set(named.length === 0 ? [words.country(country)] : named)])
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

import { useState } from 'react'
import type { EntryId, Ref as EntryRef } from '#domain/ids.ts'
import type { Citation } from '#domain/written-report.ts'
import type { Flag } from '#protocol/written-report.ts'
import styles from '#coordinator/report/editor.module.css'
import { isSame } from '#coordinator/report/parts.ts'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { Button, ButtonLink } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import { Ref } from '#ui/ref/ref.tsx'

interface FlagNoteProps {
  readonly flag: Flag
  readonly onRenew: (citation: Citation) => void
  readonly onTakeOut: (id: EntryId) => void
}

/** What has changed in the evidence since it was cited, and the ways on. */
export function FlagNote({ flag, onRenew, onTakeOut }: FlagNoteProps) {
  const { say } = useWriting()
  return (
    <Note tone="ask" icon="warning" title={say(flag.sentence === null ? 'write.flag.beside' : 'write.flag.title')}>
      <ul className={styles.changed}>
        {flag.changed.map(({ citation, ref, changes }) => (
          <li key={citation.entryId}>
            <p>{ref === null ? say('write.flag.anEntry') : <Ref value={ref} />}: {changes.map((change) => say(`report.evidence.${change}`)).join(' ')}</p>
            <Ways cited={citation} shownRef={ref} isErased={changes.includes('erased')} onRenew={onRenew} onTakeOut={onTakeOut} />
          </li>
        ))}
      </ul>
    </Note>
  )
}

function Ways({ cited, shownRef, isErased, onRenew, onTakeOut }: Pick<FlagNoteProps, 'onRenew' | 'onTakeOut'> & { readonly cited: Citation; readonly shownRef: EntryRef | null; readonly isErased: boolean }) {
  const { notes, say } = useWriting()
  const { entryId: id } = cited
  const [found, setFound] = useState<'notNow' | 'sameNow' | null>(null)
  const ref = shownRef ?? say('write.flag.anEntry')
  const renew = async () => {
    const citation = (await notes.read(id))?.citation ?? null
    if (citation === null) setFound('notNow')
    else if (isSame(citation, cited)) setFound('sameNow')
    else onRenew(citation)
  }
  return (
    <>
      {found === null ? null : <p role="alert">{say(`write.flag.${found}`, { ref })}</p>}
      <div className={styles.ways}>
        {isErased ? null : <Button onClick={() => void renew()}>{say('write.flag.renew', { ref })}</Button>}
        <Button onClick={() => onTakeOut(id)}>{say('write.flag.takeOut', { ref })}</Button>
        {shownRef === null ? null : <ButtonLink look="plain" href={`/desk/entry/${id}`} target="_blank" rel="noopener">{say('write.flag.look', { ref })}</ButtonLink>}
      </div>
    </>
  )
}

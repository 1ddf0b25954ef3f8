import { useState } from 'react'
import type { EntryRow } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import styles from '#coordinator/near/near.module.css'
import { OtherEntry } from '#coordinator/near/other-entry.tsx'
import { tieKinds } from '#coordinator/near/use-near.ts'
import type { Near, TieKind } from '#coordinator/near/use-near.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import { UnreadNote } from '#coordinator/shell/problem-note.tsx'
import { useLoaded } from '#coordinator/use-loaded.ts'
import { Button } from '#ui/button/button.tsx'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { Fold } from '#ui/fold/fold.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'

const [fewestLetters, mostFound] = [3, 8] as const

/** What nobody suggests: the other entry is looked for by its ref or its words, as in the queue. */
export function TieByHand({ reading, near }: { readonly reading: Reading; readonly near: Near }) {
  const { words: { say } } = useDesk()
  const [sought, setSought] = useState('')
  const [chosen, setChosen] = useState<EntryRow | null>(null)
  const close = () => {
    setChosen(null)
    setSought('')
  }
  return (
    <Fold summary={say('near.byHand')}>
      {chosen === null ? (
        <>
          <TextInput autoComplete="off" label={say('near.find')} hint={say('near.findHint')} type="search" value={sought} onChange={setSought} />
          {sought.trim().length < fewestLetters ? null : <Found reading={reading} sought={sought.trim()} onChoose={setChosen} />}
        </>
      ) : <Kinds reading={reading} other={chosen} onCancel={close} onTie={(kind) => {
        near.tie(chosen, kind)
        close()
      }} />}
    </Fold>
  )
}

function Found({ reading, sought, onChoose }: { readonly reading: Reading; readonly sought: string; readonly onChoose: (row: EntryRow) => void }) {
  const { device, words: { say } } = useDesk()
  const { gone } = useFresh()
  const { value, problem, reload } = useLoaded(sought, () => device.api.entries({ q: sought, limit: mostFound + 1 }))
  if (value === null) return problem === null ? null : <UnreadNote problem={problem} onRetry={reload} />
  const others = value.entries.filter(({ id }) => id !== reading.entry.id && !gone.has(id))
  const [rows, count] = [others.slice(0, mostFound), value.total - (value.entries.length - others.length)]
  return (
    <>
      <p className={styles.quiet} role="status">{count > rows.length ? say('near.foundFirst', { shown: rows.length, count }) : say('near.found', { count: rows.length })}</p>
      <ul className={styles.list}>{rows.map((row) => <li key={row.id}><OtherEntry row={row} after={<Button onClick={() => onChoose(row)}>{say('near.byHand')}</Button>} /></li>)}</ul>
    </>
  )
}

interface KindsProps {
  readonly reading: Reading
  readonly other: EntryRow
  readonly onTie: (kind: TieKind) => void
  readonly onCancel: () => void
}

function Kinds({ reading, other, onTie, onCancel }: KindsProps) {
  const { words: { say } } = useDesk()
  const [kind, setKind] = useState<TieKind | null>(null)
  const isAcross = reading.entry.kind !== other.kind
  // A challenge does not answer; it is answered. The same is of one kind.
  const choices = tieKinds.filter((one) => isAcross === (one === 'answers')).map((value) => ({ value, label: say(value === 'answers' && reading.entry.kind === 'challenge' ? 'links.in.answers' : `links.${value}`) }))
  return (
    <div className={styles.byHand}>
      <OtherEntry row={other} />
      <ChooseOne label={say('near.as')} choices={choices} value={kind} onChange={setKind} />
      <div className={styles.acts}>
        <Button look="main" isDisabled={kind === null} onClick={() => (kind === null ? undefined : onTie(kind))}>{say('near.tie')}</Button>
        <Button look="plain" onClick={onCancel}>{say('near.cancel')}</Button>
      </div>
    </div>
  )
}

import { useState } from 'react'
import type { Insertable } from '#protocol/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/report/pickers.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { holdsWords } from '#coordinator/report/holds-words.ts'
import { Dialog } from '#ui/dialog/dialog.tsx'
import { Note } from '#ui/note/note.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'

const mostShown = 60

interface NumberPickerProps {
  readonly isFull: boolean
  readonly onPick: (figure: string) => void
  readonly onClose: () => void
}

/** The numbers of the report by what they count; one is inserted by a press. */
export function NumberPicker({ isFull, onPick, onClose }: NumberPickerProps) {
  const { words } = useDesk()
  const { state, say } = useWriting()
  const [typed, setTyped] = useState('')
  const numbers = state.evidence?.numbers ?? null
  const found = (numbers ?? []).filter((one) => holdsWords(one.say, typed))
  return (
    <Dialog look="wide" title={say('write.numberPick.title')} closeLabel={say('write.pick.close.dialog')} onClose={onClose}>
      {isFull ? <Note tone="ask">{say('write.numberPick.full')}</Note> : <TextInput label={say('write.numberPick.search')} type="search" autoComplete="off" value={typed} onChange={setTyped} />}
      <p role="status" className={styles.quiet}>{numbers === null ? say('write.numberPick.waiting') : found.length === 0 ? say('write.numberPick.none') : found.length > mostShown ? say('write.numberPick.more', { count: mostShown }) : ''}</p>
      {isFull ? null : <ul className={styles.results}>{found.slice(0, mostShown).map((one) => <li key={one.id}><NumberRow one={one} number={words.number} onPick={() => onPick(one.id)} /></li>)}</ul>}
    </Dialog>
  )
}

function NumberRow({ one, number, onPick }: { readonly one: Insertable; readonly number: (value: number) => string; readonly onPick: () => void }) {
  const { say } = useWriting()
  return (
    <button type="button" className={styles.number} onClick={onPick}>
      <b>{one.count === null ? '[…]' : number(one.count)}</b>
      <span>{one.say}{one.count === null ? <small>{say('write.numberPick.hidden')}</small> : null}</span>
    </button>
  )
}

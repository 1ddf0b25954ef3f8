import { useState } from 'react'
import { useSearch } from 'wouter'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskKey } from '#coordinator/desk-words.ts'
import { addressFromSearch } from '#coordinator/queue/queue-address.ts'
import { useKeys } from '#coordinator/shell/keys.ts'
import styles from '#coordinator/shell/shell.module.css'
import { Dialog } from '#ui/dialog/dialog.tsx'

interface KeyHint {
  readonly keys: readonly string[]
  readonly says: DeskKey
}

const walk: KeyHint = { keys: ['J', 'K'], says: 'keys.walk' }
const verdicts: readonly KeyHint[] = [{ keys: ['A'], says: 'keys.approve' }, { keys: ['Q'], says: 'keys.askBack' }, { keys: ['R'], says: 'keys.reject' }]
const question: KeyHint = { keys: ['F'], says: 'keys.question' }
const decide: KeyHint = { keys: ['Ctrl', '↵'], says: 'keys.decide' }
const search: KeyHint = { keys: ['/'], says: 'keys.search' }
const undo: KeyHint = { keys: ['Z'], says: 'keys.undo' }
const choose: KeyHint = { keys: ['X'], says: 'keys.choose' }
const take: KeyHint = { keys: ['T'], says: 'keys.take' }
const rest: readonly KeyHint[] = [{ keys: ['⇧', 'X'], says: 'keys.chooseRange' }, { keys: ['B'], says: 'keys.bulk' }, { keys: ['G'], says: 'keys.give' }, { keys: ['O'], says: 'keys.reopen' }, { keys: ['C'], says: 'keys.comment' }, { keys: ['I'], says: 'keys.invite' }, { keys: ['Esc'], says: 'keys.back' }]

/** Nobody asks back as a second reader. */
const ofQuestions: readonly DeskKey[] = ['keys.askBack', 'keys.question']

const hintsByScreen = {
  queue: [walk, { keys: ['↵'], says: 'keys.open' }, ...verdicts, question, decide, undo, take, choose, search],
  entry: [walk, ...verdicts, question, decide, undo, take, { keys: ['C'], says: 'keys.comment' }, { keys: ['Esc'], says: 'keys.back' }],
  people: [{ keys: ['I'], says: 'keys.invite' }, search],
  data: [search],
  overview: [search],
  campaign: [search],
  audit: [search],
  report: [search],
  aside: [search],
} as const satisfies Readonly<Record<string, readonly KeyHint[]>>

export type DeskScreen = keyof typeof hintsByScreen

/** The bottom line: every key of the screen that is shown, and the way to all of them. */
export function KeysLine({ screen }: { readonly screen: DeskScreen }) {
  const { say } = useDesk().words
  const isSecond = addressFromSearch(useSearch()).view === 'second'
  const [isOpen, setOpen] = useState(false)
  useKeys({ '?': () => setOpen(true) })
  const hints = hintsByScreen[screen].filter(({ says }) => !isSecond || !ofQuestions.includes(says))
  const all: readonly KeyHint[] = [...hintsByScreen.queue, ...rest]
  return (
    <footer className={styles.keys} aria-label={say('keys.line')}>
      <ul>{hints.map((hint) => <Hint key={hint.says} hint={hint} />)}</ul>
      <button type="button" className={styles.keysAll} onClick={() => setOpen(true)}><kbd aria-hidden="true">?</kbd> {say('keys.all')}</button>
      {isOpen ? (
        <Dialog title={say('keys.title')} closeLabel={say('keys.close')} onClose={() => setOpen(false)}>
          <ul className={styles.keysList}>{all.map((hint) => <Hint key={hint.says} hint={hint} />)}</ul>
          <p className={styles.keysNote}>{say('keys.note')}</p>
        </Dialog>
      ) : null}
    </footer>
  )
}

function Hint({ hint }: { readonly hint: KeyHint }) {
  const { say } = useDesk().words
  return <li>{hint.keys.map((key) => <kbd key={key}>{key}</kbd>)} {say(hint.says)}</li>
}

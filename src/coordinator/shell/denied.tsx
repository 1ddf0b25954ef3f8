import type { HeldDecisions } from '#device/held-decisions.ts'
import type { DeskKey, DeskWords } from '#coordinator/desk-words.ts'
import styles from '#coordinator/shell/states.module.css'
import { useWatch } from '#coordinator/use-watch.ts'

interface DeniedProps {
  readonly words: Pick<DeskWords, 'say' | 'list'>
  readonly text: DeskKey
  /** Of somebody who may have decided here before: what of it did not go out. */
  readonly held?: HeldDecisions | undefined
}

/** Who may see the desk, said to somebody who may not. */
export function Denied({ words, text, held }: DeniedProps) {
  const { say } = words
  return (
    <main className={styles.whole}>
      <h1>{say(text === 'denied.changed' ? 'denied.changedTitle' : 'denied.title')}</h1>
      <p role="status">{say(text)}</p>
      {held === undefined ? null : <NotSent words={words} held={held} />}
      <p><a href="/">{say('bar.home')}</a></p>
    </main>
  )
}

function NotSent({ words: { say, list }, held }: Pick<DeniedProps, 'words'> & { readonly held: HeldDecisions }) {
  const left = (useWatch(held.list) ?? []).filter(({ rival }) => rival === null)
  return left.length === 0 ? null : <p>{say('denied.held', { decisions: list(left.map(({ ref, body }) => `${ref} (${say(`verdictDone.${body.verdict}`)})`)) })}</p>
}

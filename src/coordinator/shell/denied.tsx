import type { DeskKey } from '#coordinator/desk-words.ts'
import styles from '#coordinator/shell/states.module.css'

/** Who may see the desk, said to somebody who may not. */
export function Denied({ say, text }: { readonly say: (key: DeskKey) => string; readonly text: DeskKey }) {
  return (
    <main className={styles.whole}>
      <h1>{say('denied.title')}</h1>
      <p>{say(text)}</p>
      <p><a href="/">{say('bar.home')}</a></p>
    </main>
  )
}

import { useDesk } from '#coordinator/desk-context.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/side.module.css'
import { Icon } from '#ui/icon/icon.tsx'

/** What this entry is tied to. Links exist only as changes; "none listed" is content. */
export function Links({ reading }: { readonly reading: Reading }) {
  const { words } = useDesk()
  const { say } = words
  const { links, content } = reading.entry
  const isNoneListed = content.kind === 'action' && content.noneListed === true
  return (
    <section>
      <h2>{say('links.title')}</h2>
      {links.length === 0 ? <p className={styles.quiet}>{say(isNoneListed ? 'links.noneListed' : 'links.none')}</p> : (
        <ul className={styles.list}>
          {links.map(({ change, to, kind, coverage }) => (
            <li key={change}><Icon name="link" size="text" /> {say(`links.${kind}`)} <a href={`/desk/entry/${to}`}>{say('links.entry')}</a>{coverage === undefined ? null : <span className={styles.quiet}> {words.code('coverage', coverage)}</span>}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

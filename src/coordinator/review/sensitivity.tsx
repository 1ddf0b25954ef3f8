import { isSensitivity } from '#domain/disclosure.ts'
import { sensitivityReasons } from '#domain/sensitivity-reasons.ts'
import type { SensitivityReason } from '#domain/sensitivity-reasons.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskWords } from '#coordinator/desk-words.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/side.module.css'

/** How carefully this entry is handled, why, and what that means for what leaves the server. */
export function SensitivitySection({ reading }: { readonly reading: Reading }) {
  const { words } = useDesk()
  const { sensitivity } = reading.row
  if (!isSensitivity(sensitivity)) return null
  return (
    <section>
      <h2>{words.say('sensitivity.title', { level: words.code('sensitivity', sensitivity) })}</h2>
      <ul className={styles.list}>{sensitivityReasons(reading.entry, sensitivity).map((reason) => <li key={`${reason.from} ${reason.code ?? ''}`}>{sentence(reason, words)}</li>)}</ul>
      <p className={styles.quiet}>{words.say(`sensitivity.effect.${sensitivity}`)}</p>
    </section>
  )
}

function sentence({ from, code, level }: SensitivityReason, words: DeskWords): string {
  const field = from === 'group' ? 'focusGroup' : from === 'sector' ? 'sectorIasc' : 'topic'
  return words.say(`sensitivity.from.${from}`, { level: words.code('sensitivity', level), what: code === null ? '' : words.code(field, code) })
}

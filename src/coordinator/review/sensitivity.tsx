import { isSensitivity } from '#domain/disclosure.ts'
import { sensitivityReasons } from '#domain/sensitivity-reasons.ts'
import type { SensitivityReason } from '#domain/sensitivity-reasons.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskWords } from '#coordinator/desk-words.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import { SetSensitivity } from '#coordinator/review/set-sensitivity.tsx'
import type { OnWritten } from '#coordinator/review/use-correction.ts'
import styles from '#coordinator/review/side.module.css'

/** How carefully this entry is handled, why, and what that means for what leaves the server. */
export function SensitivitySection({ reading, onWritten }: { readonly reading: Reading; readonly onWritten: OnWritten }) {
  const { words } = useDesk()
  const { sensitivity } = reading.row
  if (!isSensitivity(sensitivity)) return null
  return (
    <section>
      <h2>{words.say('sensitivity.title', { level: words.code('sensitivity', sensitivity) })}</h2>
      <ul className={styles.list}>{sensitivityReasons(reading.entry, sensitivity).map((reason) => <li key={`${reason.from} ${reason.code ?? ''}`}>{sentence(reason, words)}</li>)}</ul>
      <Because reading={reading} />
      <p className={styles.quiet}>{words.say(`sensitivity.effect.${sensitivity}`)}</p>
      <SetSensitivity reading={reading} onWritten={onWritten} />
    </section>
  )
}

/** Who set the level and why, in their words. */
function Because({ reading: { entry, members } }: { readonly reading: Reading }) {
  const { say } = useDesk().words
  const because = entry.corrections['sensitivityReason']
  if (because === undefined || typeof because.value !== 'string') return null
  return <p className={styles.quiet}>{say('sensitivity.because', { name: members.get(because.memberId)?.name ?? say('people.coordinator') })} <q dir="auto">{because.value}</q></p>
}

function sentence({ from, code, level }: SensitivityReason, words: DeskWords): string {
  const field = from === 'group' ? 'focusGroup' : from === 'sector' ? 'sectorIasc' : 'topic'
  return words.say(`sensitivity.from.${from}`, { level: words.code('sensitivity', level), what: code === null ? '' : words.code(field, code) })
}

import type { LocalEntry } from '#device/device.ts'
import type { ConsentUse } from '#domain/consent.ts'
import { Button } from '#ui/button/button.tsx'
import { Section } from '#ui/page/page.tsx'
import { usesOf } from '#volunteer/fields/consent-uses.ts'
import styles from '#volunteer/entry/entry.module.css'
import type { EntryActs } from '#volunteer/entry/use-entry-acts.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** What the people agreed to, use by use. People change their minds: each can be taken back alone, and the entry stays. */
export function EntryConsent({ entry, acts }: { readonly entry: LocalEntry; readonly acts: EntryActs }) {
  const { say } = useWords()
  const { content, review } = entry.state
  const given = usesOf(content).filter((use) => content[use] === true)
  if (given.length === 0 || review === 'withdrawn') return null
  const handleTakeBack = (use: ConsentUse): void => {
    // A quotation without consent is no part of an entry.
    void acts.onRevise({ [use]: false, ...(use === 'consentQuote' ? { quote: undefined, quoteRole: undefined } : {}) }, [])
  }
  return (
    <Section title={say('consent.given')} look="words">
      <ul className={styles.talk}>
        {given.map((use) => (
          <li key={use}>
            <p>{say(`consent.${use}`)}</p>
            <p className={styles.quiet}>{say(`consent.${use}.back`)}</p>
            <Button onClick={() => handleTakeBack(use)}>{say('consent.takeBack')}<span className="visually-hidden">{`: ${say(`consent.${use}`)}`}</span></Button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

import { reportPath } from '#device/report-pages.ts'
import type { UsedIn } from '#device/used-entries.ts'
import { ButtonLink } from '#ui/button/button.tsx'
import styles from '#volunteer/entry/entry.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** The sentences of a published report that an entry stands behind, each with the way to its place there. They are the coordinators' words, in their language. */
export function UsedSentences({ used: { url, sentences } }: { readonly used: UsedIn }) {
  const { say, locale } = useWords()
  const path = (sentence?: string) => reportPath(url, { language: locale, sentence }) ?? undefined
  if (sentences.length === 0) {
    return (
      <div className={styles.used}>
        <p>{say('reported.inNumbers')}</p>
        <p><ButtonLink href={path()} icon="report">{say('reported.read')}</ButtonLink></p>
      </div>
    )
  }
  return (
    <div className={styles.used}>
      <p>{say('reported.sentences', { count: sentences.length })}</p>
      {sentences.map(({ id, text, lang }) => (
        <figure key={id}>
          <blockquote lang={lang} dir="auto">{text}</blockquote>
          <ButtonLink href={path(id)} icon="report">{say('reported.readThere')}</ButtonLink>
        </figure>
      ))}
    </div>
  )
}

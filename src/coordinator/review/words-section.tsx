import { useDesk } from '#coordinator/desk-context.tsx'
import { AskButton, AskPanel, isAskable } from '#coordinator/review/ask-panel.tsx'
import type { Asking } from '#coordinator/review/ask-panel.tsx'
import { AskedBefore } from '#coordinator/review/asked-before.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/review.module.css'
import { SettledWords } from '#coordinator/review/settled-words.tsx'
import { Translation } from '#coordinator/review/translation.tsx'
import { Transcription } from '#coordinator/review/transcription.tsx'
import type { OnWritten } from '#coordinator/review/use-correction.ts'
import { VoiceNote } from '#coordinator/review/voice-note.tsx'
import { useKeptFocus } from '#ui/page/use-kept-focus.ts'
import { StateMark } from '#ui/state-mark/state-mark.tsx'
import { Words } from '#ui/words/words.tsx'

/** The author's words, which nobody here can change, and what somebody said to the author. */
export function WordsSection({ reading, asking, onWritten }: { readonly reading: Reading; readonly asking: Asking | null; readonly onWritten: OnWritten }) {
  const { words } = useDesk()
  const { say } = words
  const { content } = reading.entry
  const section = useKeptFocus()
  return (
    <section ref={section} className={styles.words} aria-label={say('entry.words')}>
      <figure>
        <figcaption className={styles.spread}>
          <span className={styles.label}>{say('entry.originalIn', { language: words.language(content.lang) })}</span>
          <span className={styles.wordsEnd}>
            <StateMark state="locked">{say('entry.neverChanged')}</StateMark>
            <AskButton field="description" asking={asking} />
          </span>
        </figcaption>
        {content.description === undefined ? null : <Words as="blockquote" size="l" lang={content.lang}>{content.description}</Words>}
        {content.audio === undefined ? null : <VoiceNote key={content.audio.sha256} audio={content.audio} reading={reading}><Transcription reading={reading} onWritten={onWritten} canWrite={isAskable(asking)} /></VoiceNote>}
      </figure>
      <SettledWords reading={reading} field="description" />
      <Translation reading={reading} onWritten={onWritten} canWrite={isAskable(asking)} />
      <AskedBefore reading={reading} field="description" />
      <AskPanel field="description" asking={asking} />
      {content.quote === undefined ? null : (
        <figure className={styles.quote}>
          <figcaption className={styles.spread}>
            <span className={styles.label}>{content.quoteRole === undefined ? say('entry.quotePlain') : say('entry.quote', { role: words.value('quoteRole', content.quoteRole) })}</span>
            <AskButton field="quote" asking={asking} />
          </figcaption>
          <Words as="blockquote" lang={content.lang}>{content.quote}</Words>
        </figure>
      )}
      <SettledWords reading={reading} field="quote" />
      <AskedBefore reading={reading} field="quote" />
      <AskPanel field="quote" asking={asking} />
    </section>
  )
}

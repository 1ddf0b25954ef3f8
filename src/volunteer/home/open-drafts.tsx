import { useState } from 'react'
import { Link } from 'wouter'
import type { Draft, SaveProblem } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { EntryList, EntryRow } from '#ui/entry-row/entry-row.tsx'
import { IconButton } from '#ui/icon-button/icon-button.tsx'
import { laterScreen } from '#ui/later-screen.tsx'
import { Section } from '#ui/page/page.tsx'
import { StateMark } from '#ui/state-mark/state-mark.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import { textOf } from '#volunteer/fields/values.ts'
import styles from '#volunteer/home/home.module.css'
import type { BegunEntry } from '#volunteer/home/use-home.ts'
import { oneBehind } from '#volunteer/record/draft-history.ts'
import { discardWithPhotos } from '#volunteer/photos/additions.ts'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

const { Screen: DiscardDialog } = laterScreen(async () => (await import('#volunteer/record/discard-dialog.tsx')).DiscardDialog)

/** What was begun and not saved: each goes on at the screen and in the field where it was left. */
export function OpenDrafts({ drafts, begun }: { readonly drafts: readonly Draft[]; readonly begun: readonly BegunEntry[] }) {
  const { ground, words, additions } = useVolunteering()
  const device = useDevice()
  const [asked, setAsked] = useState<Draft | null>(null)
  const [problem, setProblem] = useState<SaveProblem | null>(null)
  const discard = async (id: EntryId): Promise<void> => {
    setProblem(await discardWithPhotos(device, additions, id))
    setAsked(null)
  }
  // By a clock that has been set back since: nobody knows how long ago it was.
  const since = (at: string): string => (Date.parse(at) - ground.now() > 60_000 ? '' : words.format.ago(at, ground.now()))
  if (drafts.length + begun.length === 0) return null
  return (
    <Section title={words.say('home.drafts')}>
      <EntryList>
        {drafts.map((draft) => (
          <li key={draft.id} className={styles.draft}>
            <Link href={`/record/${draft.id}/${draft.step}`} state={oneBehind} asChild>
              <EntryRow
                kind={draft.kind}
                words={firstWords(draft) ?? words.say('home.draftEmpty')}
                wordsLang={isWritten(draft) ? textOf(draft.content.lang) || undefined : undefined}
                meta={since(draft.updatedAt)}
                state={<StateMark state="draft">{words.say('home.continue')}</StateMark>}
              />
            </Link>
            <IconButton icon="bin" data-takes-away label={words.say('home.discard', { words: firstWords(draft) ?? words.say('home.draftEmpty') })} onClick={() => setAsked(draft)} />
          </li>
        ))}
        {begun.map(({ entry: { state: { id, kind, content } }, at }) => (
          <li key={id}>
            <Link href={`/entry/${id}`} asChild>
              <EntryRow
                kind={kind}
                words={content.description ?? words.say('home.voiceOnly')}
                wordsLang={content.lang}
                meta={since(at)}
                state={<StateMark state="draft">{words.say('home.continue')}</StateMark>}
              />
            </Link>
          </li>
        ))}
      </EntryList>
      <SaveProblemNote problem={problem} />
      {asked === null ? null : <DiscardDialog onCancel={() => setAsked(null)} onDiscard={() => void discard(asked.id)} />}
    </Section>
  )

  function firstWords(draft: Draft): string | undefined {
    const { content } = draft
    if (isWritten(draft)) return textOf(content.description)
    return typeof content.topic === 'string' ? words.code('topic', content.topic) : undefined
  }
}

function isWritten({ content }: Draft): boolean {
  return textOf(content.description).trim() !== ''
}

import { Link } from 'wouter'
import type { LocalEntry } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { Section } from '#ui/page/page.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import styles from '#volunteer/entry/entry.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** The same thing at other times: what this entry tells the change of, and what has been told since. */
export function EntryStory({ entry }: { readonly entry: LocalEntry }) {
  const { say } = useWords()
  const mine = useWatch(useDevice().entries) ?? []
  const before = mine.filter(({ state }) => updatedBy(entry).includes(state.id))
  const since = mine.filter((other) => other.state.review !== 'withdrawn' && updatedBy(other).includes(entry.state.id))
  if (before.length + since.length === 0) return null
  return (
    <Section title={say('entry.story')} look="words">
      <ul className={styles.talk}>
        {before.map((other) => <StoryLine key={other.state.id} entry={other} isBefore />)}
        {since.map((other) => <StoryLine key={other.state.id} entry={other} />)}
      </ul>
    </Section>
  )
}

function StoryLine({ entry, isBefore = false }: { readonly entry: LocalEntry; readonly isBefore?: boolean }) {
  const words = useWords()
  const { id, content } = entry.state
  const day = words.format.day(content.observedOn)
  return (
    <li>
      <span className={styles.quiet}>{words.say(isBefore ? 'entry.storyBefore' : 'entry.storySince', { day })}</span>
      <Link href={`/entry/${id}`} lang={content.lang} dir="auto">{content.description ?? words.say('home.voiceOnly')}</Link>
    </li>
  )
}

function updatedBy({ state }: LocalEntry): readonly EntryId[] {
  return state.links.filter(({ kind }) => kind === 'updateOf').map(({ to }) => to)
}

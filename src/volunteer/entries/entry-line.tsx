import { memo } from 'react'
import { Link } from 'wouter'
import type { LocalEntry } from '#device/device.ts'
import { EntryRow } from '#ui/entry-row/entry-row.tsx'
import { StateMark } from '#ui/state-mark/state-mark.tsx'
import { reasonNotUsed, standingOf } from '#volunteer/entries/standing.ts'
import { sayStanding } from '#volunteer/entries/standing-words.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** One of my entries: its first words, where and when, and where it stands. Drawn anew only when something of it changed, or the day (`today`). */
export const EntryLine = memo(function EntryLine({ entry, today }: { readonly entry: LocalEntry; readonly today: string }) {
  const words = useWords()
  const { content } = entry.state
  const place = content.placeName ?? content.adm1Name ?? words.format.country(content.country)
  return (
    <li>
      <Link href={`/entry/${entry.state.id}`} asChild>
        <EntryRow
          kind={entry.state.kind}
          words={content.description ?? words.say('home.voiceOnly')}
          wordsLang={content.lang}
          meta={<><bdi>{place}</bdi>{` · ${words.days.say(content.observedOn, today)}`}</>}
          state={<><StateMark state={standingOf(entry)}>{sayStanding(words, entry)}</StateMark>{entry.unread.length === 0 ? null : <StateMark state="comment">{words.say('home.unread', { count: entry.unread.length })}</StateMark>}</>}
          note={reasonNotUsed(entry)}
        />
      </Link>
    </li>
  )
})

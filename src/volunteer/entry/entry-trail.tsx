import { useEffect } from 'react'
import { dayHere } from '#domain/day-here.ts'
import type { LocalEntry } from '#device/device.ts'
import { apart } from '#i18n/apart.ts'
import type { IconName } from '#ui/icon/icon.tsx'
import { Section } from '#ui/page/page.tsx'
import { Trail } from '#ui/trail/trail.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { trailOf } from '#volunteer/entry/trail-model.ts'
import type { TrailMark } from '#volunteer/entry/trail-model.ts'
import { UsedSentences } from '#volunteer/entry/used-sentences.tsx'
import { useMemberName } from '#volunteer/home/use-home.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

const icons: Readonly<Record<TrailMark['step'], IconName>> = {
  recorded: 'phone', received: 'received', revised: 'edit', answered: 'comment', approve: 'check', askBack: 'question',
  reject: 'close', reopen: 'undo', withdrawn: 'withdrawn', corrected: 'edit', report: 'report',
}

/** What became of an entry, up to its place in the report, or to what may still come. */
export function EntryTrail({ entry }: { readonly entry: LocalEntry }) {
  const words = useWords()
  const nameOf = useMemberName()
  const device = useDevice()
  const reports = (useWatch(device.used) ?? []).filter(({ entryId }) => entryId === entry.state.id)
  // Somebody wants to know what became of it: the server is asked, unless it was just now.
  useEffect(() => void device.askUsed(), [device])
  const points = trailOf(entry, reports).map((mark) => ({
    id: mark.key,
    phase: mark.phase,
    icon: icons[mark.step],
    title: sayStep(words, mark, mark.by === null ? words.say('someone') : nameOf(mark.by)),
    note: sayNote(words, mark, entry.travel === 'safe'),
    ...(mark.used === undefined ? {} : { more: <UsedSentences used={mark.used} /> }),
  }))
  return <Section title={words.say('trail.heading')} look="words"><Trail points={points} /></Section>
}

function sayStep({ say, format }: Words, mark: TrailMark, name: string): string {
  if (mark.used !== undefined) return say('reported.counted', { number: mark.used.number, day: format.day(dayHere(mark.used.publishedAt)) })
  if (mark.step === 'report') return say('trail.ahead.report')
  if (mark.step === 'askBack' || mark.step === 'corrected') return say(`trail.${mark.step}`, { name })
  return say(`trail.${mark.step}`)
}

function sayNote({ say, format, locale }: Words, mark: TrailMark, isSafe: boolean): string | undefined {
  // A dotted line and a pale sign tell nothing to who does not see them, and a check in a ring can be taken for one that was made.
  if (mark.phase === 'ahead') return say('trail.ahead')
  if (mark.at === null || mark.used !== undefined) return mark.reason
  const when = format.moment(mark.at)
  const said = mark.isOnlyHere && mark.step !== 'recorded' ? say('trail.stillHere', { when })
    : mark.phase === 'now' ? say('trail.waitsForYou', { when })
    : mark.isAside === true ? say('trail.aside', { when })
      : mark.step === 'received' ? say(isSafe ? 'trail.provedSafe' : 'trail.proved', { when })
        : mark.step === 'approve' ? say('trail.approveHint', { when })
          : when
  return mark.reason === undefined || mark.reason === '' ? said : `${said} · ${apart(locale, mark.reason)}`
}

import type { LocalEntry } from '#device/device.ts'
import type { IconName } from '#ui/icon/icon.tsx'
import { Section } from '#ui/page/page.tsx'
import { Trail } from '#ui/trail/trail.tsx'
import { trailOf } from '#volunteer/entry/trail-model.ts'
import type { TrailMark } from '#volunteer/entry/trail-model.ts'
import { useMemberName } from '#volunteer/home/use-home.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

const icons: Readonly<Record<TrailMark['step'], IconName>> = {
  recorded: 'phone', received: 'received', revised: 'edit', answered: 'comment', approve: 'check', askBack: 'question',
  reject: 'close', reopen: 'undo', withdrawn: 'withdrawn', corrected: 'edit', report: 'report',
}

/** What became of an entry, up to what may still come. */
export function EntryTrail({ entry }: { readonly entry: LocalEntry }) {
  const words = useWords()
  const nameOf = useMemberName()
  const points = trailOf(entry).map((mark) => ({
    id: mark.key,
    phase: mark.phase,
    icon: icons[mark.step],
    title: sayStep(words, mark, mark.by === null ? words.say('someone') : nameOf(mark.by)),
    note: sayNote(words, mark, entry.travel === 'safe'),
  }))
  return <Section title={words.say('trail.heading')} look="words"><Trail points={points} /></Section>
}

function sayStep({ say }: Words, mark: TrailMark, name: string): string {
  if (mark.step === 'report') return say('trail.ahead.report')
  if (mark.step === 'askBack' || mark.step === 'corrected') return say(`trail.${mark.step}`, { name })
  return say(`trail.${mark.step}`)
}

function sayNote({ say, format }: Words, mark: TrailMark, isSafe: boolean): string | undefined {
  if (mark.at === null) return mark.reason
  const when = format.moment(mark.at)
  const said = mark.isOnlyHere && mark.step !== 'recorded' ? say('trail.stillHere', { when })
    : mark.phase === 'now' ? say('trail.waitsForYou', { when })
      : mark.step === 'received' ? say(isSafe ? 'trail.provedSafe' : 'trail.proved', { when })
        : mark.step === 'approve' ? say('trail.approveHint', { when })
          : when
  return mark.reason === undefined || mark.reason === '' ? said : `${said} · ${mark.reason}`
}

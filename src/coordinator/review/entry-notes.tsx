import { isTakenBack } from '#domain/taken-back.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskKey, DeskWords } from '#coordinator/desk-words.ts'
import { AskedBy } from '#coordinator/review/asked-by.tsx'
import { hasUnsent } from '#coordinator/review/reading.ts'
import type { Moved, Reading } from '#coordinator/review/reading.ts'
import type { Review } from '#coordinator/review/use-review.ts'
import { useWatch } from '#coordinator/use-watch.ts'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'

/** What a reviewer must know before the words: a changed entry, two verdicts, words at risk. */
export function EntryNotes({ review, reading }: { readonly review: Review; readonly reading: Reading }) {
  const { words, log, device } = useDesk()
  const { say } = words
  const { entry, row, unknownChanges } = reading
  const sync = useWatch(device.sync)
  // Where it goes out at once there is nothing to tell.
  const isOut = sync !== undefined && (!sync.online || sync.problem !== null)
  return (
    <>
      <MovedNote review={review} reading={reading} />
      {reading.isSecond && !log.byEntry.has(entry.id) ? <Note tone="ask" icon="people" title={say('second.title')}>{say('second.text')}</Note> : null}
      {reading.contentHash === null ? (
        <Note tone="stop" live="alert" actions={<Button onClick={review.showNew}>{say('load.again')}</Button>}>{say('entry.hashDiffers')}</Note>
      ) : null}
      {entry.contested ? (
        <Note tone="stop" icon="split" title={say('entry.contestedTitle')}>
          <p>{say('entry.contested', { verdicts: words.list(rivals(reading).map(({ name, verdict }) => `${name}: ${say(`verdictDone.${verdict}`)}`)) })}</p>
          <ul>{rivals(reading).map(({ change, name, verdict, at, reason }) => <li key={change}>{words.dots([name, say(`verdictDone.${verdict}`), ...(at === null ? [] : [words.time.instant(at)]), ...(reason === undefined ? [] : [reason])])}<AskedBy reading={reading} decision={change} /></li>)}</ul>
        </Note>
      ) : null}
      {isOut && hasUnsent(reading) ? <Note icon="info" live="status">{say('entry.unsent')}</Note> : null}
      {isTakenBack(entry) && entry.review !== 'withdrawn' ? <Note tone="stop" icon="eye-off" title={say('entry.takenBackTitle')}>{say('entry.takenBack')}</Note> : null}
      {row.warnings.length === 0 ? null : (
        <Note tone="stop" icon="eye-off" title={say('entry.risksTitle')}>{say('entry.risks', { list: words.list([...new Set(row.warnings.map((warning) => say(riskKey(warning))))]) })}</Note>
      )}
      {unknownChanges === 0 ? null : <Note icon="info">{say('entry.unknownChanges', { count: unknownChanges })}</Note>}
    </>
  )
}

function MovedNote({ review, reading }: { readonly review: Review; readonly reading: Reading }) {
  const { words, log } = useDesk()
  const { say } = words
  const { moved } = review
  if (moved === null || log.byEntry.has(reading.entry.id)) return null
  const { own } = moved
  return (
    <Note tone="ask" live="alert" title={whatMoved(moved, words)} actions={<Button onClick={review.showNew}>{say('entry.showNew')}</Button>}>{own === null ? say('entry.movedText') : say('decide.already', { verdict: say(`verdictDone.${own}`) })}</Note>
  )
}

function whatMoved({ movement, name }: Moved, { say }: DeskWords): string {
  if (movement.kind === 'decided') return say('entry.movedDecided', { name: name ?? say('people.coordinator'), verdict: say(`verdictDone.${movement.decision.verdict}`) })
  if (movement.kind === 'withdrawn') return say('entry.movedWithdrawn')
  return name === null ? say('entry.movedRevised') : say('entry.movedCorrected', { name })
}

function rivals({ entry, members }: Reading) {
  return entry.decisions.filter(({ revision }) => revision === entry.revision).map(({ change, memberId, verdict, at, reason }) => ({ change, name: members.get(memberId)?.name ?? '', verdict, at, reason }))
}

const riskKeys: Readonly<Record<string, DeskKey>> = {
  email: 'risk.email', phone: 'risk.phone', handle: 'risk.handle', honorific: 'risk.honorific', twoNames: 'risk.twoNames', houseNumber: 'risk.houseNumber',
}

/** The server says "personal-phone"; what it will say later that this version does not know is still a risk. */
function riskKey(warning: string): DeskKey {
  return riskKeys[warning.replace(/^personal-/, '')] ?? 'risk.other'
}

import type { SyncState } from '#device/device.ts'
import { filesByKind, sayCounts } from '#volunteer/counts.ts'
import { silenceMs } from '#volunteer/silence.ts'
import type { Words } from '#volunteer/words.ts'

type Saying = Pick<Words, 'say' | 'format'>

/** The one line for the whole phone: what is still only here, or how well the rest is kept. Nothing in it runs ahead of a proof. `isAllSafe` is null where something here is damaged: then not everything has been received. */
export function sayKept(words: Saying, { pendingEntries: entries, pendingFiles, pendingVoices, pendingErasures = 0, lastContactAt }: SyncState, isAllSafe: boolean | null): string {
  const { say } = words
  if (entries + pendingFiles > 0) return say('kept.here', { what: sayCounts(words, { entries, ...filesByKind(pendingFiles, pendingVoices) }) })
  if (pendingErasures > 0) return say('kept.erasing', { count: pendingErasures })
  if (lastContactAt === null || isAllSafe === null) return say('kept.nothingYet')
  return say(isAllSafe ? 'kept.safe' : 'kept.none')
}

/** When there was contact last, and why files wait although there is a connection. */
export function sayContact(words: Saying, sync: SyncState, nowMs: number): string {
  const contact = sayLastContact(words, sync.lastContactAt, nowMs)
  return sync.heldFiles > 0 ? `${contact} · ${sayHeld(words, sync)}` : contact
}

export function sayLastContact({ say, format }: Saying, at: SyncState['lastContactAt'], nowMs: number): string {
  if (at === null) return say('kept.noContact')
  return Number.isFinite(silenceMs(at, nowMs)) ? say('kept.contact', { when: format.ago(at, nowMs) }) : say('kept.clockSetBack')
}

/** What waits for another connection or another day. */
export function sayHeld(words: Saying, { heldFiles, heldVoices }: Pick<SyncState, 'heldFiles' | 'heldVoices'>): string {
  return words.say('kept.held', { what: sayCounts(words, filesByKind(heldFiles, heldVoices)) })
}

import type { LocalEntry, SyncState } from '#device/device.ts'
import type { Words } from '#volunteer/words.ts'

/** The one line for the whole phone: what is still only here, or how well the rest is kept. Nothing in it runs ahead of a proof. */
export function sayKept({ say }: Pick<Words, 'say'>, sync: SyncState, entries: readonly Pick<LocalEntry, 'travel'>[] | undefined): string {
  const { pendingEntries, pendingFiles: photos, lastContactAt } = sync
  const isOther = hasVoice(sync)
  if (pendingEntries > 0 && photos > 0) return say(isOther ? 'kept.bothFiles' : 'kept.both', { entries: pendingEntries, photos })
  if (pendingEntries > 0) return say('kept.entries', { entries: pendingEntries })
  if (photos > 0) return say(isOther ? 'kept.files' : 'kept.photos', { photos })
  if (lastContactAt === null) return say('kept.nothingYet')
  return say(entries !== undefined && entries.length > 0 && entries.every(({ travel }) => travel === 'safe') ? 'kept.safe' : 'kept.none')
}

/** When there was contact last, and why photos wait although there is a connection. */
export function sayContact({ say, format }: Pick<Words, 'say' | 'format'>, sync: SyncState, nowMs: number): string {
  const { lastContactAt, heldFiles } = sync
  const contact = lastContactAt === null ? say('kept.noContact') : say('kept.contact', { when: format.ago(lastContactAt, nowMs) })
  return heldFiles > 0 ? `${contact} · ${say(hasVoice(sync) ? 'kept.heldFiles' : 'kept.held', { photos: heldFiles })}` : contact
}

/** With a voice note among them they are files, not photos. */
export function hasVoice({ pendingVoices = 0 }: SyncState): boolean {
  return pendingVoices > 0
}

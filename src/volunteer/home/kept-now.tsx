import type { SyncState } from '#device/device.ts'
import { KeptLine } from '#ui/kept-line/kept-line.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

/** What waits for this long without any contact is shown as at risk. */
export const atRiskAfterMs = 14 * 86_400_000

/** How much is still only on this phone, and when it was last in touch. */
export function KeptNow({ sync }: { readonly sync: SyncState }) {
  const { ground, words } = useVolunteering()
  const waits = sync.pendingChanges + sync.pendingFiles > 0
  const isAtRisk = waits && sync.lastContactAt !== null && ground.now() - Date.parse(sync.lastContactAt) > atRiskAfterMs
  const contact = sync.lastContactAt === null ? words.say('kept.noContact') : words.say('kept.contact', { when: words.format.ago(sync.lastContactAt, ground.now()) })
  return <KeptLine title={words.say('kept.title')} detail={sayKept(words, sync)} note={contact} tone={isAtRisk ? 'ask' : 'plain'} />
}

function sayKept({ say }: Words, { pendingEntries: entries, pendingChanges: changes, pendingFiles: photos, lastContactAt }: SyncState): string {
  if (entries > 0 && photos > 0) return say('kept.both', { entries, photos })
  if (entries > 0) return say('kept.entries', { entries })
  if (photos > 0) return say('kept.photos', { photos })
  if (changes > 0) return say('kept.changes', { changes })
  return say(lastContactAt === null ? 'kept.nothingYet' : 'kept.none')
}

import type { SyncState } from '#device/device.ts'
import { KeptLine } from '#ui/kept-line/kept-line.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { sayContact, sayKept } from '#volunteer/home/kept-words.ts'
import { silenceMs } from '#volunteer/silence.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** What waits for this long without any contact is shown as at risk. */
export const atRiskAfterMs = 14 * 86_400_000

/** How much is still only on this phone, and when it was last in touch. */
export function KeptNow({ sync, isAllSafe }: { readonly sync: SyncState; readonly isAllSafe: boolean }) {
  const { ground, words } = useVolunteering()
  const isDamaged = useWatch(useDevice().notice)?.kind === 'damaged'
  const waits = sync.pendingChanges + sync.pendingFiles > 0
  const isAtRisk = waits && sync.lastContactAt !== null && silenceMs(sync.lastContactAt, ground.now()) > atRiskAfterMs
  return <KeptLine title={words.say('kept.title')} detail={sayKept(words, sync, isDamaged ? null : isAllSafe)} note={sayContact(words, sync, ground.now())} tone={isAtRisk ? 'ask' : 'plain'} />
}

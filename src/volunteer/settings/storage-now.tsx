import type { StorageHealth, SyncState } from '#device/device.ts'
import { mayVanish } from '#device/storage-health.ts'
import { Note } from '#ui/note/note.tsx'
import { StorageMeter } from '#ui/storage-meter/storage-meter.tsx'
import styles from '#volunteer/settings/settings.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Above this share of the quota a photo may not fit any more. */
export const nearlyFullShare = 0.9

/** How safe everything is on this phone, and how much room is left, in words and as a line. */
export function StorageNow({ health, sync }: { readonly health: StorageHealth | undefined; readonly sync: SyncState | undefined }) {
  const { say, format } = useWords()
  if (health === undefined) return null
  const { persisted, usedBytes: used, quotaBytes: quota } = health
  const waiting = sync?.pendingBytes ?? 0
  const promise = persisted === null ? 'settings.persistUnknown' : persisted ? 'settings.persisted' : 'settings.notPersisted'
  return (
    <div className={styles.storage}>
      <p>
        <b>{say(persisted === true ? 'settings.safe' : 'settings.atRisk')}</b>
        <span className={styles.line}>{say(promise)}</span>
      </p>
      {mayVanish(health) ? <p className={styles.quiet}>{say('settings.mayVanish')}</p> : null}
      {used === null || quota === null ? <p className={styles.quiet}>{say('settings.meterUnknown')}</p> : (
        <StorageMeter
          usedBytes={used}
          onlyHereBytes={waiting}
          quotaBytes={quota}
          label={say('settings.meter', { used: format.bytes(used), waiting: format.bytes(waiting), quota: format.bytes(quota) })}
          legend={{ kept: say('settings.used', { size: format.bytes(used) }), onlyHere: say('settings.onlyHere', { size: format.bytes(waiting) }), free: say('settings.free', { size: format.bytes(quota - used) }) }}
        />
      )}
      {used !== null && quota !== null && quota > 0 && used / quota > nearlyFullShare ? <Note tone="ask" icon="storage">{say('settings.nearlyFull')}</Note> : null}
    </div>
  )
}

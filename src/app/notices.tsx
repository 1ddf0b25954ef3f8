import { useEffect } from 'react'
import { useLocation } from 'wouter'
import type { Device, SyncState } from '#device/device.ts'
import type { Updates } from '#app/update.ts'
import { useValue, useWatched } from '#app/use-value.ts'
import { useIsWriting } from '#app/writing.ts'
import styles from '#app/app.module.css'
import { Button } from '#ui/button/button.tsx'
import { useLanguage } from '#ui/language/language.tsx'

const offlineWordMs = 8000

interface NoticesProps {
  readonly device: Device
  readonly updates: Updates
}

/** What Terrain itself has to say, one thing at a time and never to somebody who is writing. */
export function Notices({ device, updates }: NoticesProps) {
  const isBusy = useIsWriting()
  const news = useValue(updates.news)
  const notice = useWatched(device.notice)
  // A photo that is on its way would begin its last piece again: the new version can wait for it.
  // The form of who has just come needs the room; home says it.
  const isJoining = useLocation()[0].startsWith('/join')
  const isNew = !isUploading(useWatched(device.sync)) && (news === 'waiting' || news === 'taken')
  return (
    <div className={styles.notices} role="status">
      {isBusy ? null : notice?.kind === 'outdated' ? <Outdated /> : isNew ? <NewVersion updates={updates} /> : news === 'offlineReady' && !isJoining ? <OfflineReady updates={updates} /> : notice?.kind === 'damaged' ? <Damaged parts={notice.entries + notice.changes} /> : null}
    </div>
  )
}

function isUploading(sync: SyncState | undefined): boolean {
  return sync !== undefined && sync.phase === 'syncing' && sync.pendingFiles > sync.heldFiles
}

function NewVersion({ updates }: Pick<NoticesProps, 'updates'>) {
  const { t } = useLanguage()
  return (
    <div className={styles.notice}>
      <p>{t('update.ready')}</p>
      <div className={styles.acts}>
        <Button look="main" onClick={updates.accept}>{t('update.now')}</Button>
        <Button look="plain" onClick={updates.dismiss}>{t('update.later')}</Button>
      </div>
    </div>
  )
}

/** Another window has the new version; the store is open to both, but only the new code knows all of it. */
function Outdated() {
  const { t } = useLanguage()
  return (
    <div className={styles.notice}>
      <p>{t('update.outdated')}</p>
      <div className={styles.acts}>
        <Button look="main" onClick={() => location.reload()}>{t('failure.again')}</Button>
      </div>
    </div>
  )
}

function Damaged({ parts }: { readonly parts: number }) {
  const { t } = useLanguage()
  return <div className={styles.notice}><p>{t('store.damaged', { parts })}</p></div>
}

function OfflineReady({ updates }: Pick<NoticesProps, 'updates'>) {
  const { t } = useLanguage()
  useEffect(() => {
    const timer = setTimeout(updates.dismiss, offlineWordMs)
    return () => clearTimeout(timer)
  }, [updates])
  return <div className={styles.notice}><p>{t('offline.ready')}</p></div>
}

import { useEffect } from 'react'
import { useLocation } from 'wouter'
import type { Device } from '#device/device.ts'
import type { Installing } from '#app/install.ts'
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
  readonly installing: Installing
}

/** What Terrain itself has to say, one thing at a time and never to somebody who is writing. */
export function Notices({ device, updates, installing }: NoticesProps) {
  const isBusy = useIsWriting()
  const news = useValue(updates.news)
  const notice = useWatched(device.notice)
  const isNew = news === 'waiting' || news === 'taken'
  return (
    <div className={styles.notices} role="status">
      {isBusy ? null : notice?.kind === 'outdated' ? <Outdated /> : isNew ? <NewVersion updates={updates} /> : news === 'offlineReady' ? <OfflineReady updates={updates} /> : notice?.kind === 'damaged' ? <Damaged parts={notice.entries + notice.changes} /> : <InstallCard device={device} installing={installing} />}
    </div>
  )
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

/** Offered on the home screen to people who have saved something; refused once is refused for good. */
function InstallCard({ device, installing }: Pick<NoticesProps, 'device' | 'installing'>) {
  const { t } = useLanguage()
  const [location] = useLocation()
  const isPossible = useValue(installing.isPossible)
  const entries = useWatched(device.entries)
  const preferences = useWatched(device.preferences)
  if (!isPossible || location !== '/' || (entries?.length ?? 0) === 0 || preferences?.installDismissed !== false) return null
  return (
    <div className={styles.notice}>
      <p><b>{t('install.title')}</b></p>
      <p>{t('install.text')}</p>
      <div className={styles.acts}>
        <Button look="main" onClick={installing.ask}>{t('install.now')}</Button>
        <Button look="plain" onClick={() => void device.setPreferences({ installDismissed: true })}>{t('install.later')}</Button>
      </div>
    </div>
  )
}

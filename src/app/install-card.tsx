import { useState } from 'react'
import { Link } from 'wouter'
import type { Device } from '#device/device.ts'
import type { Installing } from '#app/install.ts'
import { useValue, useWatched } from '#app/use-value.ts'
import { Button, ButtonLink } from '#ui/button/button.tsx'
import { useLanguage } from '#ui/language/language.tsx'
import { Note } from '#ui/note/note.tsx'
import type { InstallWay } from '#volunteer/install/install-way.ts'
import { keepWish, unkeptWish } from '#volunteer/keep-wish.ts'

interface InstallCardProps {
  readonly device: Pick<Device, 'firstLook' | 'preferences' | 'setPreferences'>
  readonly installing: Installing
  readonly way: InstallWay
}

/**
 * Offered at the end of the home screen to people who have saved something; refused once is refused for good. Where the browser can ask by
 * itself it does, on iPhones and in windows of other apps the pictured steps are one tap away.
 */
export function InstallCard({ device, installing, way }: InstallCardProps) {
  const { t } = useLanguage()
  const isPossible = useValue(installing.isPossible)
  const look = useWatched(device.firstLook)
  const preferences = useWatched(device.preferences)
  // A full phone keeps no refusal; here and now it counts all the same.
  const [isRefused, setRefused] = useState(unkeptWish(device).installDismissed === true)
  const isShown = isPossible || way === 'ios' || way === 'inside'
  if (!isShown || isRefused || way === 'installed' || (look?.newest.length ?? 0) === 0 || preferences?.installDismissed !== false) return null
  const handleLater = (): void => {
    setRefused(true)
    void keepWish(device, { installDismissed: true })
  }
  return (
    <Note
      icon="phone"
      title={t('install.title')}
      actions={(
        <>
          {isPossible ? <Button onClick={installing.ask}>{t('install.now')}</Button> : <Link href="/install" asChild><ButtonLink>{t('install.show')}</ButtonLink></Link>}
          <Button look="plain" onClick={handleLater}>{t('install.later')}</Button>
        </>
      )}
    >
      {t(isPossible ? 'install.text' : way === 'ios' ? 'install.textIos' : 'install.textInside')}
    </Note>
  )
}

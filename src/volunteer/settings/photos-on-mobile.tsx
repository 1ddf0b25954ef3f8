import type { Preferences, SyncState } from '#device/device.ts'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

const wishes = ['small', 'some', 'all'] as const

interface PhotosOnMobileProps {
  readonly sync: SyncState | undefined
  readonly wish: Preferences['mobilePhotos']
  readonly onWish: (wish: NonNullable<Preferences['mobilePhotos']>) => void
}

/** What of the photos may go where the connection counts data; words always go. */
export function PhotosOnMobile({ sync, wish, onWish }: PhotosOnMobileProps) {
  const { say } = useWords()
  const isUnknown = sync === undefined || sync.isMetered === null
  return (
    <ChooseOne
      label={say('settings.mobile')} hint={say(isUnknown ? 'settings.mobileUnknown' : sync.isMetered === true ? 'settings.mobileNow' : 'settings.mobileFree')} layout="inline" choices={wishes.map((value) => ({ value, label: say(`settings.mobile.${value}`) }))} value={wish ?? (isUnknown ? 'all' : 'some')} onChange={onWish}
    />
  )
}

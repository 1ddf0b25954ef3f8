import { useCallback, useEffect } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Device } from '#device/device.ts'
import { loadDesk, loadScreens } from '#i18n/load.ts'
import type { Language } from '#i18n/load.ts'
import type { Locale } from '#i18n/locale.ts'
import type { Afterwards } from '#app/afterwards.tsx'
import type { Face } from '#app/face.ts'
import { FailureBoundary, FailureView } from '#app/failure.tsx'
import type { Failure } from '#app/failure-log.ts'
import { useLateTap } from '#app/followed-tap.ts'
import { useValue, useWatched } from '#app/use-value.ts'
import type { Value } from '#app/value.ts'
import { LanguageProvider } from '#ui/language/language.tsx'
import { laterScreen, useComingPart } from '#ui/later-screen.tsx'
import type { VolunteerGround } from '#volunteer/ground.ts'
import { VolunteerApp } from '#volunteer/volunteer-app.tsx'

/** The desk is a chunk of its own, which no volunteer loads. */
const { Screen: CoordinatorApp } = laterScreen(async () => (await import('#coordinator/coordinator-app.tsx')).CoordinatorApp)

export interface AppProps {
  readonly device: Device
  readonly ground: VolunteerGround
  /** Whether somebody had joined when it was opened: the first picture is theirs. */
  readonly isMember: boolean
  readonly language: Language
  /** The best complete language for what the person chose, or for what the browser prefers. */
  readonly localeFor: (chosen: string | null) => Locale
  readonly loadLanguage: (locale: Locale) => Promise<Language>
  readonly face: Face
  /** What is said on top of every screen, and what is offered on the home screen; null until it has been loaded. */
  readonly afterwards: Value<Afterwards | null>
  readonly failures: Value<Failure | null>
  readonly version: string
  readonly onSaveUnsent: () => void
}

export function App({ device, ground, isMember, face, afterwards, failures, version, onSaveUnsent, ...languages }: AppProps) {
  const { language, awaited } = useChosenLanguage({ device, ...languages })
  const theme = useWatched(device.preferences)?.theme ?? 'system'
  const failure = useValue(failures)
  const shown = useValue(afterwards)
  useEffect(() => face.speak(language.locale), [face, language])
  useEffect(() => face.wear(theme), [face, theme])
  useLateTap(isMember)
  return (
    <LanguageProvider language={language} awaited={awaited}>
      <FailureBoundary onSaveUnsent={onSaveUnsent} messages={language.messages} version={version}>
        <Surface device={device} ground={ground} homeCard={shown?.homeCard} />
        {shown?.notices}
      </FailureBoundary>
      {failure === null ? null : <FailureView failure={failure} messages={language.messages} onSaveUnsent={onSaveUnsent} onDismiss={() => failures.set(null)} />}
    </LanguageProvider>
  )
}

function Surface({ device, ground, homeCard }: Pick<AppProps, 'device' | 'ground'> & { readonly homeCard: ReactNode }) {
  const [location] = useLocation()
  if (!isDeskAddress(location)) return <VolunteerApp device={device} ground={ground} homeCard={homeCard} />
  return <CoordinatorApp device={device} />
}

export function isDeskAddress(path: string): boolean {
  return /^\/desk(?:\/|$)/.test(path)
}

/**
 * The language before stays on the screen until the next has come, with the words of the surface that is open: no screen speaks two. Those of a
 * phone are in the precache. Those of the desk are not, and nothing is before the service worker is installed: what does not come is awaited.
 */
function useChosenLanguage({ device, language: first, localeFor, loadLanguage }: Pick<AppProps, 'device' | 'language' | 'localeFor' | 'loadLanguage'>): { readonly language: Language; readonly awaited: Locale | null } {
  const preferences = useWatched(device.preferences)
  const wanted = preferences === undefined ? first.locale : localeFor(preferences.language)
  const isDesk = isDeskAddress(useLocation()[0])
  const load = useCallback(async (locale: Locale) => {
    const language = await loadLanguage(locale)
    await (isDesk ? loadDesk : loadScreens)(language)
    return language
  }, [loadLanguage, isDesk])
  const { known, missing } = useComingPart(wanted, load, { key: first.locale, part: first })
  return { language: known?.part ?? first, awaited: missing?.key ?? null }
}

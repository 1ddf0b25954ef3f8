import { createRoot } from 'react-dom/client'
import { Workbox } from 'workbox-window'
import { navigate } from 'wouter/use-browser-location'
import { createBrowserGround } from '#device/media/browser-ground.ts'
import { openDevice } from '#device/open-device.ts'
import { common } from '#i18n/en/common.ts'
import { loadLanguage } from '#i18n/load.ts'
import { pickLocale } from '#i18n/locale.ts'
import { App } from '#app/app.tsx'
import { followLaunches, keepStorageAfterSave, syncInBackground } from '#app/courtesies.ts'
import { createFace } from '#app/face.ts'
import { FailureView } from '#app/failure.tsx'
import { failureOf, watchFailures } from '#app/failure-log.ts'
import { createInstalling } from '#app/install.ts'
import { saveUnsent } from '#app/save-unsent.ts'
import { createTrustedWorkerUrl } from '#app/trusted-worker-url.ts'
import { createUpdates, noUpdates } from '#app/update.ts'
import type { Updates } from '#app/update.ts'
import { firstValue } from '#app/value.ts'
import { createBrowserGround as createScreenGround } from '#volunteer/ground.ts'
import '#ui/tokens.css'
import '#ui/base.css'

const version = String(import.meta.env.TERRAIN_VERSION ?? 'development')

/** The composition root of the browser. The shell of index.html stays on the screen until there is something to draw. */
async function main(place: HTMLElement): Promise<void> {
  const installing = createInstalling(window)
  const failures = watchFailures(window, version)
  const localeFor = (chosen: string | null) => pickLocale(chosen === null ? navigator.languages : [chosen, ...navigator.languages])
  try {
    const [device] = await Promise.all([openDevice(createBrowserGround(window, { appVersion: version, databaseName: 'terrain' })), loadLanguage(localeFor(null))])
    const { language: chosen, theme } = await firstValue(device.preferences)
    const language = await loadLanguage(localeFor(chosen))
    const face = createFace(document)
    face.speak(language.locale)
    face.wear(theme)
    const updates = watchVersions()
    keepStorageAfterSave(device)
    if ('serviceWorker' in navigator) syncInBackground(device, navigator.serviceWorker)
    followLaunches(window, navigate)
    const onSaveUnsent = () => void saveUnsent(device, createScreenGround().handOver)
    createRoot(place).render(<App {...{ device, language, localeFor, face, updates, installing, failures, version, onSaveUnsent }} />)
  } catch (thrown) {
    createRoot(place).render(<FailureView failure={failureOf(thrown, version)} messages={common} onSaveUnsent={null} />)
  }
}

/** Registers the service worker in builds only: in development Vite serves every file anew. */
function watchVersions(): Updates {
  // Some private windows have none. Then every start needs the connection, and there is nothing to say about versions.
  if (!('serviceWorker' in navigator)) return noUpdates
  const workbox = new Workbox(createTrustedWorkerUrl(window.trustedTypes))
  const updates = createUpdates({
    workbox,
    isControlled: navigator.serviceWorker.controller !== null,
    isOnline: () => navigator.onLine,
    every: (ms, run) => void setInterval(run, ms),
    reload: () => location.reload(),
  })
  if (import.meta.env.PROD) void workbox.register().catch(() => undefined)
  return updates
}

const place = document.getElementById('root')
// floor.js has run before, and has shown its page where Terrain cannot work.
if (place !== null && document.documentElement.dataset['floor'] !== 'old' && document.documentElement.dataset['floor'] !== 'insecure') void main(place)

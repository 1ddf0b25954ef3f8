// First of all: the order of the style layers is that of their first appearance.
import '#ui/tokens.css'
import '#ui/base.css'
import { startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import type { Device } from '#device/device.ts'
import { common } from '#i18n/en/common.ts'
import type { Language } from '#i18n/load.ts'
import { pickLocale } from '#i18n/locale.ts'
import type { Afterwards } from '#app/afterwards.tsx'
import { App, isDeskAddress } from '#app/app.tsx'
import { comingDevice } from '#app/coming-device.ts'
import { createFace } from '#app/face.ts'
import { FailureView } from '#app/failure.tsx'
import { failureOf, watchFailures } from '#app/failure-log.ts'
import { withFirstScreen } from '#app/first-screen.ts'
import { askedIn, followTap } from '#app/followed-tap.ts'
import { createInstalling } from '#app/install.ts'
import { languageLoader } from '#app/language-loader.ts'
import { saveUnsent } from '#app/save-unsent.ts'
import { storeCodeRun, storeFilesLoaded } from '#app/store-files.ts'
import { createStoreOpening } from '#app/store-opening.ts'
import { createWorkerTrust, workerAddress } from '#app/trusted-worker-url.ts'
import { createValue, firstValue } from '#app/value.ts'
import { createBrowserGround as createScreenGround } from '#volunteer/ground.ts'

/** How soon what did not come is asked for again. */
const againMs = 20_000
const version = String(import.meta.env.TERRAIN_VERSION ?? 'development')

/** The composition root of the browser. The shell of index.html stays on the screen until there is something to draw. */
async function main(place: HTMLElement): Promise<void> {
  const installing = createInstalling(window)
  const failures = watchFailures(window, version)
  const localeFor = (chosen: string | null) => pickLocale(chosen === null ? navigator.languages : [chosen, ...navigator.languages])
  const root = createRoot(place)
  const trustWorker = createWorkerTrust(window.trustedTypes)
  const ground = createScreenGround(trustWorker)
  const drawn = createValue<true | undefined>(undefined)
  // A thread that waits for the store has nothing to do either: idle counts from the first screen on.
  const whenIdle = (run: () => void) => void firstValue<true>(drawn).then(() => atLeisure(run))
  try {
    const loadLanguage = await languageLoader(window.location.search)
    let isWaiting = true
    const onBlocked = () => void loadLanguage(localeFor(null)).then(({ messages }) => isWaiting && root.render(<p role="status">{messages['update.blocked']}</p>))
    const isFirst = document.documentElement.dataset['begins'] === 'join'
    const store = createStoreOpening(async () => {
      if (isFirst) await storeFilesLoaded(document, fetch)
      await storeCodeRun(document, window)
      const { startStore } = await import('#app/start-store.ts')
      return () => startStore({ appVersion: version, whenIdle }, onBlocked)
    })
    const face = createFace(document)
    const afterwards = createValue<Afterwards | null>(null)
    const onSaveUnsent = () => void store.opened.then((device) => saveUnsent(device, ground.handOver))
    const draw = (device: Device, language: Language, isMember: boolean) => {
      // In pieces: what is drawn at once holds the thread of a cheap phone for longer than a tap should wait.
      startTransition(() => root.render(<App {...{ device, ground, isMember, language, localeFor, loadLanguage, face, afterwards, failures, version, onSaveUnsent }} />))
      drawn.set(true)
    }
    const coming = isFirst ? comingDevice(store.open) : null
    if (coming !== null) {
      draw(coming.device, await loadLanguage(localeFor(null)), false)
      // The form stands before the store's code is there. Should the line break now, it is asked for again by who joins.
      store.open().catch(() => undefined)
    }
    const [device] = await Promise.all([coming === null ? store.open() : store.opened, loadLanguage(localeFor(null))])
    await coming?.handOver(device)
    isWaiting = false
    // With both, the first thing that is drawn is the first screen: what says that it is being opened stands in the shell.
    const [{ language: chosen, theme }, membership] = await Promise.all([firstValue(device.preferences), firstValue(device.membership)])
    const spoken = await loadLanguage(localeFor(chosen))
    const language = membership === null || isDeskAddress(window.location.pathname) ? spoken : await withFirstScreen(device, spoken, askedIn(document) === undefined ? 'home' : 'another')
    if (membership !== null) followTap(window)
    face.speak(language.locale)
    face.wear(theme)
    draw(device, language, membership !== null)
    const goOn = (): void => void import('#app/afterwards.tsx').then(({ createAfterwards }) => afterwards.set(createAfterwards({ device, ground, installing, trustWorker })), () => {
      // The screens go on without it. Browsers that remember what they could not import get it with the next start, which may have no connection: what that start needs is asked for all the same.
      setTimeout(goOn, againMs)
      if ('serviceWorker' in navigator) navigator.serviceWorker.register(trustWorker(workerAddress), { updateViaCache: 'none' }).catch(() => undefined)
    })
    whenIdle(goOn)
  } catch (thrown) {
    createFace(document).speak('en')
    root.render(<FailureView failure={failureOf(thrown, version)} messages={common} onSaveUnsent={null} />)
  }
}

/** Behind the first screen: the service worker alone fetches more than that screen has needed. Safari does not say when it is idle. */
function atLeisure(run: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 3000 })
  else setTimeout(run, 500)
}

const place = document.getElementById('root')
// floor.js has run before, and has shown its page where Terrain cannot work.
if (place !== null && document.documentElement.dataset['floor'] !== 'old' && document.documentElement.dataset['floor'] !== 'insecure') void main(place)

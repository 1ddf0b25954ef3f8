import type { TrustedUrl } from '#app/trusted-worker-url.ts'
import { againInBrowser, untilItComes } from '#app/until-it-comes.ts'

/** What the app needs of a service worker's life. */
export interface WorkerRegistration {
  /** A new version has been installed and waits; called at once when one waited already. */
  readonly onWaiting: (call: () => void) => void
  /** Another worker than before answers for this page. */
  readonly onControlling: (call: () => void) => void
  readonly skipWaiting: () => void
  /** Asks the server whether there is a new version; rejects when it does not answer. */
  readonly update: () => Promise<void>
}

type Workers = Pick<ServiceWorkerContainer, 'controller' | 'addEventListener'> & { readonly register: (url: TrustedUrl, options: RegistrationOptions) => Promise<ServiceWorkerRegistration> }

/**
 * Registers the worker, again and again until one is installed: a line that broke in the middle of a first installation leaves nothing of it. Where
 * the browser refuses (some private windows), nothing is ever called.
 */
export function registerWorker(workers: Workers, url: TrustedUrl, again = againInBrowser): WorkerRegistration {
  let registered: Promise<ServiceWorkerRegistration> | null = null
  const onWaiting: (() => void)[] = []
  untilItComes(async () => {
    // `updateViaCache: 'none'`: no cache on the way may hold back a new version, or the kill switch.
    registered = workers.register(url, { scope: '/', updateViaCache: 'none' })
    const registration = await registered.catch(() => null)
    if (registration === null) return false
    for (const call of onWaiting) watchWaiting(registration, workers, call)
    return isInstalled(registration)
  }, again)
  // A worker that is installed may have lost files since, and none of its starts would tell.
  const mend = (): void => void registered?.then(({ active }) => active?.postMessage({ type: 'MEND' }), () => undefined)
  again.onOnline(mend)
  mend()
  return {
    // Before the browser has answered: whoever asks does so in the turn in which it was registered.
    onWaiting: (call) => void onWaiting.push(call),
    onControlling: (call) => workers.addEventListener('controllerchange', call),
    skipWaiting: () => {
      registered?.then(({ waiting }) => waiting?.postMessage({ type: 'SKIP_WAITING' }), () => undefined)
    },
    update: async () => {
      await (await registered)?.update()
    },
  }
}

/** Once the installation that runs has ended. One that failed takes the registration along, where no worker was before. */
function isInstalled({ active, waiting, installing }: ServiceWorkerRegistration): Promise<boolean> {
  if (active !== null || waiting !== null || installing === null) return Promise.resolve(active !== null || waiting !== null)
  return new Promise((resolve) => {
    const look = (): void => {
      if (installing.state !== 'installing') resolve(installing.state !== 'redundant')
    }
    installing.addEventListener('statechange', look)
    look()
  })
}

function watchWaiting(registration: ServiceWorkerRegistration, workers: Pick<ServiceWorkerContainer, 'controller'>, call: () => void): void {
  if (registration.waiting !== null && workers.controller !== null) call()
  const follow = (worker: ServiceWorker | null) => {
    // Without a controller it is the first install, which takes over by itself.
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && workers.controller !== null) call()
    })
  }
  follow(registration.installing)
  registration.addEventListener('updatefound', () => follow(registration.installing))
}

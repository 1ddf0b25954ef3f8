import type { TrustedUrl } from '#app/trusted-worker-url.ts'

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

/** Registers the worker. Where the browser refuses (some private windows), nothing is ever called. */
export function registerWorker(workers: Workers, url: TrustedUrl): WorkerRegistration {
  // `updateViaCache: 'none'`: no cache on the way may hold back a new version, or the kill switch.
  const registered = workers.register(url, { scope: '/', updateViaCache: 'none' })
  return {
    onWaiting: (call) => {
      registered.then((registration) => watchWaiting(registration, workers, call), () => undefined)
    },
    onControlling: (call) => workers.addEventListener('controllerchange', call),
    skipWaiting: () => {
      registered.then(({ waiting }) => waiting?.postMessage({ type: 'SKIP_WAITING' }), () => undefined)
    },
    update: async () => {
      await (await registered).update()
    },
  }
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

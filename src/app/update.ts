import { createValue } from '#app/value.ts'
import type { Value } from '#app/value.ts'
import type { WorkerRegistration } from '#app/worker-registration.ts'

/**
 * What there is to say about versions.
 *
 *   none ──first install──► offlineReady ──said──► none
 *   none ──a new version has been fetched──► waiting ──tap──► accepted ──it controls the page──► reload, once
 *   none, waiting ──another tab took the new version──► taken ──tap──► reload
 */
export type VersionNews = 'none' | 'offlineReady' | 'waiting' | 'accepted' | 'taken'

export interface Updates {
  readonly news: Value<VersionNews>
  /** The person's tap; nothing else ever replaces the version that is running. */
  readonly accept: () => void
  /** Not now: silent until the next start, or until a still newer version is found. */
  readonly dismiss: () => void
}

export interface UpdateGround {
  readonly worker: WorkerRegistration
  /** Whether a service worker controlled the page when it was opened: if not, the first takeover is the first install. */
  readonly isControlled: boolean
  readonly isOnline: () => boolean
  readonly every: (ms: number, run: () => void) => void
  readonly reload: () => void
}

/** Where the browser has no service workers. */
export const noUpdates: Updates = { news: createValue<VersionNews>('none'), accept: () => undefined, dismiss: () => undefined }

export const checkEveryMs = 3_600_000

export function createUpdates({ worker, isControlled, isOnline, every, reload }: UpdateGround): Updates {
  const news = createValue<VersionNews>('none')
  let hadController = isControlled
  let isReloading = false

  function reloadOnce(): void {
    if (isReloading) return
    isReloading = true
    reload()
  }

  worker.onWaiting(() => {
    if (news.get() !== 'accepted') news.set('waiting')
  })
  worker.onControlling(() => {
    const isFirst = !hadController
    hadController = true
    if (isFirst) news.set('offlineReady')
    else if (news.get() === 'accepted') reloadOnce()
    else news.set('taken')
  })
  // Without a connection, or with a server that is down, the check fails and the next one comes in an hour.
  every(checkEveryMs, () => {
    if (isOnline()) void worker.update().catch(() => undefined)
  })

  return {
    news,
    accept: () => {
      // Each tap anew: the first may have ended at the browser's question whether words may be lost, and whoever then sends them taps once more.
      if (news.get() === 'taken') return reload()
      if (news.get() !== 'waiting') return undefined
      news.set('accepted')
      return worker.skipWaiting()
    },
    dismiss: () => {
      if (news.get() !== 'accepted') news.set('none')
    },
  }
}

import type { DeviceGround, FetchInit } from '#device/device-ground.ts'
import { createBrowserCrypto } from '#device/media/browser-crypto.ts'
import { chosenDatabase } from '#device/media/chosen-database.ts'
import { createGzippedSend } from '#device/media/gzipped.ts'
import { beginNewLog, goesOnBehindTornLog } from '#device/media/new-log.ts'
import { wasCutShort } from '#device/media/page-rest.ts'

/** What the browser gives a device to stand on. */
export function createBrowserGround({ appVersion, databaseName = chosenDatabase(), ...about }: Pick<DeviceGround, 'appVersion' | 'whenIdle'> & { readonly databaseName?: string }): DeviceGround {
  return {
    ...about,
    ...(goesOnBehindTornLog(navigator.userAgent) ? { newLog: { begin: (isAwaited) => beginNewLog(indexedDB, isAwaited), isUrgent: wasCutShort() } } : {}),
    appVersion,
    databaseName,
    reserveBytes: 2_000_000,
    deviceLabel: deviceLabelOf(navigator.userAgent),
    clock: { now: () => Date.now() },
    chance: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    crypto: createBrowserCrypto(crypto.subtle),
    fetch: fetchGzipped(),
    locks: {
      // `ifAvailable`: a second tab does not queue up behind the first, it looks again later.
      withLock: (name, run) => navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? Promise.resolve(null) : run())),
    },
    network: { isOnline: () => navigator.onLine, isMetered: () => isMetered(connectionOf(navigator)), onChange: listenForNetwork },
    timer: {
      after: (ms, run) => {
        const timer = window.setTimeout(run, ms)
        return () => window.clearTimeout(timer)
      },
    },
    storage: {
      // `async`: where a browser has no word on storage (Safari 16 no `estimate`, WebKit in some apps none at all), asking is refused and does not throw.
      persist: async () => navigator.storage.persist(),
      persisted: async () => navigator.storage.persisted(),
      estimate: async () => {
        const { usage, quota } = await navigator.storage.estimate()
        return { usage: usage ?? null, quota: quota ?? null }
      },
    },
    // Most first visits send no photo; the code for it comes with the first one.
    upload: async (file) => (await import('#device/media/tus-upload.ts')).createUpload()(file),
  }
}

function fetchGzipped(): DeviceGround['fetch'] {
  const send = createGzippedSend(({ url, method, headers, body, timeoutMs }: FetchInit & { readonly url: string }) => window.fetch(url, {
    method, headers, credentials: 'same-origin', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(timeoutMs),
    // No browser keeps the answer to what changes something, and ours forbid it: saying so costs each request two headers.
    ...(method === 'GET' ? { cache: 'no-store' } : {}),
    ...(body === undefined ? {} : { body: body as BodyInit }),
  }))
  return (url, init) => send({ ...init, url })
}

/** The network's word, and the page's return: phones drop both timers and events of pages in the background. */
function listenForNetwork(call: () => void): () => void {
  const listener = (): void => {
    if (document.visibilityState === 'visible') call()
  }
  window.addEventListener('online', call)
  window.addEventListener('offline', call)
  document.addEventListener('visibilitychange', listener)
  const connection = connectionOf(navigator)
  connection?.addEventListener?.('change', call)
  return () => {
    window.removeEventListener('online', call)
    window.removeEventListener('offline', call)
    document.removeEventListener('visibilitychange', listener)
    connection?.removeEventListener?.('change', call)
  }
}

/** What Chromium says of the connection; no other engine has it, and on desks it says little. */
export interface Connection extends Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>> {
  readonly saveData?: boolean
  readonly type?: string
}

function connectionOf(browser: Navigator): Connection | null {
  // No TypeScript library has it, because it is no standard.
  return 'connection' in browser && typeof browser.connection === 'object' ? (browser.connection as Connection | null) : null
}

/** Null where the browser does not say: then the person's wish decides, not a guess. */
export function isMetered(connection: Connection | null): boolean | null {
  if (connection?.saveData === true || connection?.type === 'cellular') return true
  return connection?.type === undefined || connection.type === 'unknown' ? null : false
}

/** Enough for a coordinator to tell the phones of one person apart, and no more. */
export function deviceLabelOf(userAgent: string): string {
  const system = /Android|iPhone|iPad|Windows|Mac OS|CrOS|Linux/.exec(userAgent)?.[0] ?? '?'
  const browser = /Edg|Firefox|FxiOS|CriOS|SamsungBrowser|Chrome|Safari/.exec(userAgent)?.[0] ?? '?'
  return `${system} · ${browser}`
}

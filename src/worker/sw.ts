import { cacheNames, clientsClaim } from 'workbox-core'
import { addPlugins, cleanupOutdatedCaches, createHandlerBoundToURL, getCacheKeyForURL, matchPrecache, precacheAndRoute } from 'workbox-precaching'
import type { PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'
import { outboxTag, syncRequest } from '#device/background-sync.ts'
import { isReportPage, photoIn } from '#device/report-pages.ts'
import { shareAction } from '#device/shared-address.ts'
import { appAddress, isBuiltAsset, isMend, isSkipWaiting, onDemandCache, pastTheWorker, serverAddresses } from '#worker/addresses.ts'
import { dropFormer, formerCache, keepFormer } from '#worker/former-files.ts'
import { mendFiles } from '#worker/mend-files.ts'
import { redrawnPicture } from '#worker/redrawn-picture.ts'
import { openReport } from '#worker/report-pages.ts'
import type { ReportGround } from '#worker/report-pages.ts'
import { openReportPhoto } from '#worker/report-photos.ts'
import { keepShared } from '#worker/share-target.ts'
import { createWholeFiles, isBuiltFile } from '#worker/whole-files.ts'

// TypeScript's WebWorker library has no Background Sync, which only Chromium has.
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}
declare global {
  // Of the event of an installation; the routes are the browser's once and for all. Some browsers do not have them.
  interface ExtendableEvent {
    readonly addRoutes?: (routes: readonly { readonly condition: { readonly urlPattern: string }; readonly source: 'network' }[]) => Promise<void>
  }
  interface ServiceWorkerGlobalScopeEventMap {
    readonly sync: SyncEvent
  }
}
declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: Parameters<typeof precacheAndRoute>[0] }

// Every request that passes a worker stays with its body in the worker's memory until that is tidied, which nothing hurries: after three
// hundred photos a hundred megabytes. Where the browser cannot route, it goes as it went.
self.addEventListener('install', (event) => {
  const routes = pastTheWorker.map((urlPattern) => ({ condition: { urlPattern }, source: 'network' as const }))
  void event.addRoutes?.(routes).catch(() => undefined)
})

const listed = self.__WB_MANIFEST.map((file): PrecacheEntry => (typeof file === 'string' ? { url: file } : file))
const pathOf = ({ url }: { readonly url: string }): string => new URL(url, self.location.origin).pathname
const brought = new Set(listed.map(pathOf))
// Judged here and not by workbox, which asks the browser's own cache for what that has damaged, at each try.
const files = listed.map(({ url, revision = null }) => ({ url, revision }))
const whole = createWholeFiles({
  made: new Map(listed.flatMap((file) => (file.integrity === undefined ? [] : [[pathOf(file), file.integrity] as const]))),
  digest: (bytes) => crypto.subtle.digest('SHA-256', bytes),
  fetch: (request) => fetch(request),
})
addPlugins([whole])

// A window in which somebody writes goes on with the version that it runs, when another one has taken the new one, too.
self.addEventListener('install', (event) => event.waitUntil(keepFormer({ caches, precache: cacheNames.precache, brought })))
self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return
  const windows = async (): Promise<number> => (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).length
  event.waitUntil(dropFormer({ caches, windows, isNewerWaiting: self.registration.waiting !== null }))
})

// The first visit is taken under control at once, so that the second needs no connection. A later version waits for the person.
clientsClaim()
cleanupOutdatedCaches()
precacheAndRoute(files)
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { allowlist: [appAddress], denylist: [...serverAddresses] }))

// A published report is the server's page, and is kept as it was read; the shell says where none is kept and there is no connection.
const reportGround = (event: ExtendableEvent): ReportGround => ({
  caches,
  // The browser's own cache is no network: what was taken back a moment ago may still lie in it.
  fetch: (asked) => fetch(new Request(asked, { cache: 'no-cache' })),
  now: () => Date.now(),
  after: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  shell: async () => (await matchPrecache('/index.html')) ?? Response.error(),
  meanwhile: (work) => event.waitUntil(work),
})
registerRoute(({ url, sameOrigin }) => sameOrigin && isReportPage(url.pathname), ({ request, event }) => openReport(request, reportGround(event)))
registerRoute(({ url, sameOrigin }) => sameOrigin && photoIn(url.pathname) !== null, ({ request, event }) => openReportPhoto(request, reportGround(event)))

// What only the desk needs is not in the precache; it is kept from its first use on.
const onDemand = new CacheFirst({ cacheName: onDemandCache, plugins: [{ cacheWillUpdate: async ({ response }) => (isBuiltFile(response) ? response : null) }] })
registerRoute(({ url, sameOrigin }) => sameOrigin && isBuiltAsset(url.pathname), async (asked) => (await caches.match(asked.request, { cacheName: formerCache, ignoreVary: true })) ?? onDemand.handle(asked))

// Another app shares: kept here, whatever the connection, and shown by the app.
registerRoute(({ url, sameOrigin }) => sameOrigin && url.pathname === shareAction, ({ request }) => keepShared(request, { caches, newId: () => `${Date.now()}-${crypto.randomUUID()}`, redraw: redrawnPicture }), 'POST')

/** Of several windows that ask at a time, one is answered. */
let mending: Promise<void> | null = null

function mend(): Promise<void> {
  const keys = new Map(listed.flatMap(({ url }) => (getCacheKeyForURL(url) === undefined ? [] : [[pathOf({ url }), getCacheKeyForURL(url) ?? ''] as const])))
  const bring = async (path: string): Promise<Response> => {
    const request = new Request(path, { credentials: 'same-origin' })
    return whole.fetchDidSucceed({ request, response: await fetch(request) })
  }
  return mendFiles({ caches, precache: cacheNames.precache, keys, bring })
}

self.addEventListener('message', (event) => {
  if (isSkipWaiting(event.data)) void self.skipWaiting()
  if (isMend(event.data)) event.waitUntil(mending ??= mend().finally(() => void (mending = null)))
})

// Their names carry hashes: those of an older version are never asked for again.
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.delete(onDemandCache))
})

self.addEventListener('sync', (event) => {
  if (event.tag === outboxTag) event.waitUntil(askPagesToSync())
})

/** The device lives in the pages. Without an open page, what waits is sent at the next start. */
async function askPagesToSync(): Promise<void> {
  for (const page of await self.clients.matchAll({ type: 'window' })) page.postMessage(syncRequest)
}

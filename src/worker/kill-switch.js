// The kill switch: put in the place of /sw.js (docs/kill-switch.md) when a released service worker turns out to be broken. Browsers
// look for a new /sw.js at every navigation and once an hour; they find this one, which takes over at once, empties the caches and
// removes itself. From the next load on every page comes from the server. IndexedDB, where entries and drafts are, is not touched,
// nor what another app has shared and nobody has looked at yet.
// Plain JavaScript without imports: it must work even when nothing can be built.
self.addEventListener('install', () => {
  void self.skipWaiting()
})

self.addEventListener('activate', (event) => {
  event.waitUntil(retire())
})

async function retire() {
  for (const name of await caches.keys()) if (name !== 'terrain-shared') await caches.delete(name)
  await self.registration.unregister()
}

import { expect, test } from 'vitest'
import { onDemandCache } from '#worker/addresses.ts'
import { dropFormer, formerCache, keepFormer } from '#worker/former-files.ts'
import { createFakeCaches } from '../support/fake-caches.ts'

const precache = 'precache'

async function installed() {
  const fake = createFakeCaches()
  const deleted: string[] = []
  const caches = { ...fake, delete: async (name: string) => deleted.push(name) > 0 }
  for (const path of ['/index.html', '/assets/record-1.js', '/assets/same.js', '/assets/record-2.js']) await (await caches.open(precache)).put(path, new Response(path))
  await (await caches.open(onDemandCache)).put('/assets/desk-1.js', new Response('desk'))
  return { caches, deleted, brought: new Set(['/index.html', '/assets/record-2.js', '/assets/same.js']) }
}

test('[WO25] a new version lays aside the files that it does not bring itself, those of the desk too', async () => {
  const { caches, brought } = await installed()
  await keepFormer({ caches, precache, brought })
  expect(caches.held(formerCache)).toEqual(['/assets/record-1.js', '/assets/desk-1.js'])
  const file = await (await caches.open(formerCache)).match('/assets/record-1.js')
  expect(await file?.text()).toBe('/assets/record-1.js')
})

test('[WO25] a first installation has nothing to lay aside, and one on a full phone gives up what it began', async () => {
  const fresh = createFakeCaches()
  await keepFormer({ caches: { ...fresh, delete: async () => true }, precache, brought: new Set() })
  expect(await fresh.has(formerCache)).toBe(false)
  const { caches, deleted, brought } = await installed()
  caches.fillAfter(0)
  await keepFormer({ caches, precache, brought })
  expect(deleted).toEqual([formerCache])
})

test('[WO25] they go when a window is opened while none is, unless a newer version waits', async () => {
  const { caches, deleted, brought } = await installed()
  await keepFormer({ caches, precache, brought })
  await dropFormer({ caches, windows: async () => 1, isNewerWaiting: false })
  await dropFormer({ caches, windows: async () => 0, isNewerWaiting: true })
  expect(deleted).toEqual([])
  await dropFormer({ caches, windows: async () => 0, isNewerWaiting: false })
  expect(deleted).toEqual([formerCache])
})

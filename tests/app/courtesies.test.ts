import { beforeEach, describe, expect, it } from 'vitest'
import type { Launch } from '#app/beyond-dom.ts'
import type { Device, LocalEntry, StorageHealth, SyncState } from '#device/device.ts'
import type { FirstLook } from '#device/first-look.ts'
import { followLaunches, keepStorageAfterSave, syncInBackground } from '#app/courtesies.ts'
import { createValue } from '#app/value.ts'

const entryOf = (day: number): LocalEntry => ({ savedAt: `2026-03-0${day}T09:00:00.000Z` }) as LocalEntry

describe('asking the browser to keep the data', () => {
  it('[AP12] it is asked after a save, and once', () => {
    const { newest, asked } = aStore()
    newest.set([])
    expect(asked()).toBe(0)
    newest.set([entryOf(1)])
    newest.set([entryOf(2), entryOf(1)])
    expect(asked()).toBe(1)
  })

  it('[AP12] entries that were there already are no reason to ask', () => {
    const { newest, asked } = aStore()
    newest.set([entryOf(2), entryOf(1)])
    // All have been read, one was erased: nothing was saved.
    newest.set([entryOf(2), entryOf(1)])
    newest.set([entryOf(1)])
    expect(asked()).toBe(0)
  })

  it('[AP12] a browser that promised it already is left alone', () => {
    const { newest, asked } = aStore({ persisted: true, usedBytes: null, quotaBytes: null })
    newest.set([])
    newest.set([entryOf(1)])
    expect(asked()).toBe(0)
  })
})

describe('Background Sync', () => {
  it('[AP16] the browser is told once that something waits, and again after it was sent', async () => {
    const { sync, registered } = aRunner()
    for (const [pendingChanges, pendingFiles] of [[0, 0], [1, 0], [2, 1], [0, 1], [0, 0], [0, 2]]) sync.set({ pendingChanges, pendingFiles } as SyncState)
    await Promise.resolve()
    await Promise.resolve()
    expect(registered).toEqual(['outbox', 'outbox'])
  })

  it('[AP16] a knock of the service worker starts a sync, other messages do not', () => {
    const { workers, syncs } = aRunner()
    workers.dispatchEvent(new MessageEvent('message', { data: { type: 'sync-outbox' } }))
    workers.dispatchEvent(new MessageEvent('message', { data: { type: 'CACHE_UPDATED' } }))
    workers.dispatchEvent(new MessageEvent('message', { data: 'sync-outbox' }))
    expect(syncs()).toBe(1)
  })
})

describe('shortcuts of the launcher', () => {
  beforeEach(() => document.body.replaceChildren())

  it('[AP15] a shortcut leads to its screen', () => {
    expect(launchFrom('/', '/new/action')).toEqual(['/new/action'])
  })

  it('[AP43] a file that was opened with Terrain is handed on, also while somebody is writing, and one that went is not', async () => {
    const file = new File(['x'], 'a.terrain')
    expect(await filesFrom('/new/challenge', [{ kind: 'file', getFile: () => Promise.resolve(file) }])).toEqual([file])
    expect(await filesFrom('/carry', [{ kind: 'file', getFile: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }])).toEqual([])
    expect(await filesFrom('/carry', [])).toEqual([])
  })

  it('[AP15] it leads nowhere while somebody is writing, nor to where one is, nor to another site', () => {
    expect(launchFrom('/new/challenge', '/new/action')).toEqual([])
    expect(launchFrom('/', '/')).toEqual([])
    expect(launchFrom('/', 'https://elsewhere.example/new/action')).toEqual([])
  })
})

function aStore(first?: StorageHealth) {
  const firstLook = createValue<FirstLook | undefined>(undefined)
  let count = 0
  const device = {
    firstLook,
    health: createValue<StorageHealth | undefined>(first),
    askToPersist: () => {
      count += 1
      return Promise.resolve()
    },
  } as unknown as Pick<Device, 'firstLook' | 'health' | 'askToPersist'>
  keepStorageAfterSave(device)
  return { newest: { set: (newest: readonly LocalEntry[]) => firstLook.set({ newest, asking: [], begun: [], all: null }) }, asked: () => count }
}

function aRunner() {
  const registered: string[] = []
  const sync = createValue<SyncState | undefined>(undefined)
  let count = 0
  const registration = { sync: { register: (tag: string) => Promise.resolve(void registered.push(tag)) } } as unknown as ServiceWorkerRegistration
  const workers = Object.assign(new EventTarget(), { ready: Promise.resolve(registration) })
  const device = { sync, syncNow: () => Promise.resolve(void (count += 1)) } as unknown as Pick<Device, 'sync' | 'syncNow'>
  syncInBackground(device, workers as unknown as ServiceWorkerContainer)
  return { sync, registered, workers, syncs: () => count }
}

async function filesFrom(here: string, files: NonNullable<Launch['files']>): Promise<readonly File[]> {
  const got: File[] = []
  let consume: (launch: Launch) => void = () => undefined
  const page = { document, location: new URL(here, 'https://terrain.example'), launchQueue: { setConsumer: (given: typeof consume) => void (consume = given) } } as unknown as Window
  followLaunches(page, { navigate: () => undefined, onFile: (file) => void got.push(file) })
  consume({ targetURL: 'https://terrain.example/carry', files })
  await new Promise((resolve) => setTimeout(resolve, 0))
  return got
}

function launchFrom(here: string, target: string): readonly string[] {
  const went: string[] = []
  let consume: (launch: { readonly targetURL?: string | undefined }) => void = () => undefined
  const location = new URL(here, 'https://terrain.example')
  const page = { document, location, launchQueue: { setConsumer: (given: typeof consume) => void (consume = given) } } as unknown as Window
  followLaunches(page, { navigate: (path) => void went.push(path), onFile: () => undefined })
  consume({ targetURL: new URL(target, 'https://terrain.example').href })
  consume({})
  return went
}

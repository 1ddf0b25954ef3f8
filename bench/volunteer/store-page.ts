import type { DraftContent } from '../../src/domain/entry.ts'
import type { Device } from '../../src/device/device.ts'
import { createBrowserGround } from '../../src/device/media/browser-ground.ts'
import { openDevice } from '../../src/device/open-device.ts'
import { DeviceDatabase } from '../../src/device/store/database.ts'
import { createStanding } from '../../src/device/sync/standing.ts'
import type { Watch } from '../../src/device/watch.ts'
import { aChallenge } from '../../tests/support/contents.ts'

/** Runs in the browser, on the app's own origin: the phone's own store without screens, under the name that the app opens. */
const ground = createBrowserGround({ appVersion: String(Reflect.get(globalThis, 'appVersion')), ...(Reflect.get(globalThis, 'isBusy') === true ? { whenIdle: () => undefined } : {}) })
const opened = openDevice(ground)

export async function join(link: string): Promise<string> {
  const joined = await (await opened).join({ invite: link.split('#').at(-1) ?? '', name: 'Awa', language: 'en' })
  return joined.ok ? 'joined' : joined.problem.code
}

export async function save(count: number): Promise<void> {
  const device = await opened
  for (let at = 0; at < count; at += 1) await savedEntry(device, at)
}

/** These very words, each as an entry of its own. */
export async function saveAll(contents: readonly DraftContent[]): Promise<void> {
  const device = await opened
  for (const content of contents) await saved(device, content)
}

/** A code by which another browser becomes a phone of the same person. */
export async function moveCode(): Promise<string> {
  const asked = await (await opened).askToMove()
  if (!asked.ok) throw new Error(asked.problem.code)
  return asked.value.text
}

export async function joinByCode(code: string): Promise<string> {
  const joined = await (await opened).joinByCode(code, 'en')
  return joined.ok ? 'joined' : joined.problem.code
}

export async function ownEntries(): Promise<number> {
  return (await read((await opened).entries)).length
}

/** Of a store that has just been opened, on a page that is busy: until what a first screen shows is there, with this many of the newest. */
export async function timeFirstLook(count: number): Promise<number> {
  const { firstLook } = await opened
  const began = performance.now()
  const { newest } = await read(firstLook)
  if (newest.length !== count) throw new Error(`there are ${newest.length}`)
  return performance.now() - began
}

/** The same asked for again, ten times: what the store takes for it when neither its code nor its connection is new. */
export async function timeLooks(count: number): Promise<readonly number[]> {
  await opened
  const db = new DeviceDatabase(ground.databaseName)
  const standing = createStanding(db, ground.clock)
  const times: number[] = []
  for (let at = 0; at < 15; at += 1) {
    const began = performance.now()
    const { look: { newest } } = await standing.read()
    times.push(performance.now() - began)
    if (newest.length !== count) throw new Error(`there are ${newest.length}`)
  }
  standing.stop()
  db.shut()
  return times.slice(5)
}

/** Of a store that has just been opened: until all own entries have been read for the first time. */
export async function timeOwnEntries(): Promise<number> {
  const { entries } = await opened
  const began = performance.now()
  await read(entries)
  return performance.now() - began
}

export interface Listed {
  /** From the tap, with the commit. */
  readonly inAll: readonly number[]
  /** From when the device says that it is kept: what the list itself takes. */
  readonly behind: readonly number[]
}

/** One of the newest is changed, without a connection: until the `count` newest have it, of all entries or, on a busy page, found by index. */
export async function timeNewest(count: number): Promise<Listed> {
  const device = await opened
  const list = Reflect.get(globalThis, 'isBusy') === true ? { ...device.firstLook, get: () => device.firstLook.get()?.newest } : device.entries
  const [inAll, behind]: [number[], number[]] = [[], []]
  const end = list.subscribe(() => undefined)
  for (let at = 0; at < 10; at += 1) {
    const entry = (await read(list))[at]
    if (entry === undefined) throw new Error('there is nothing to change')
    const isListed = new Promise<number>((resolve) => {
      const stop = list.subscribe(() => {
        const newest = list.get()?.slice(0, count) ?? []
        if (newest.includes(entry)) return
        if (newest.length !== count) throw new Error('there are not as many')
        resolve(performance.now())
        queueMicrotask(() => stop())
      })
    })
    const began = performance.now()
    await device.comment(entry.state.id, 'It is open again.', 'en')
    const kept = performance.now()
    const listed = await isListed
    inAll.push(listed - began)
    behind.push(Math.max(0, listed - kept))
    // What the list tells others about comes to rest.
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  end()
  return { inAll, behind }
}

function read<Value>(watch: Watch<Value>): Promise<Value> {
  return new Promise((resolve) => {
    const end = watch.subscribe(look)
    function look(): void {
      const value = watch.get()
      if (value === undefined) return
      resolve(value)
      queueMicrotask(() => end())
    }
    look()
  })
}

/** Resolves when nothing waits and nothing is on its way: the phone sends by itself as soon as there is a connection. */
export async function sent(): Promise<void> {
  const { sync } = await opened
  await new Promise<void>((resolve) => {
    const end = sync.subscribe(look)
    function look(): void {
      const state = sync.get()
      if (state === undefined || state.pendingChanges > 0 || state.phase !== 'idle') return
      resolve()
      queueMicrotask(() => end())
    }
    look()
  })
}

/** What is still only here, after a try to send it. */
export async function sendAll(): Promise<number> {
  return (await (await opened).flush()).pendingChanges
}

/** How long each of so many saves takes: from the tap to the end of its strict transaction. */
export async function timeSaves(count: number): Promise<readonly number[]> {
  const device = await opened
  const times: number[] = []
  for (let at = 0; at < count; at += 1) times.push(await savedEntry(device, at))
  return times
}

/** What the browser needs at least for as much: the same rows, as many stores, strict, with nothing asked and nothing checked. */
export async function timeRawWrites(count: number): Promise<readonly number[]> {
  const stores = ['one', 'two', 'three', 'four']
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('raw', 1)
    request.onupgradeneeded = () => stores.forEach((store) => request.result.createObjectStore(store))
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('it does not open'))
  })
  const times: number[] = []
  for (let at = 0; at < count; at += 1) {
    const began = performance.now()
    await new Promise<void>((resolve, reject) => {
      const transaction = db.transaction(stores, 'readwrite', { durability: 'strict' })
      for (const store of stores) transaction.objectStore(store).put(challenge(at), crypto.randomUUID())
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('it was not written'))
    })
    times.push(performance.now() - began)
  }
  db.close()
  return times
}

function savedEntry(device: Device, at: number): Promise<number> {
  return saved(device, challenge(at))
}

async function saved(device: Device, fields: DraftContent): Promise<number> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...fields } })
  const began = performance.now()
  const done = await device.saveDraft(draft.id)
  const took = performance.now() - began
  if (!done.ok) throw new Error(JSON.stringify(done.problem))
  return took
}

function challenge(at: number) {
  return aChallenge({ description: `Place ${at}: the well has been dry since Monday, and people walk an hour for water.` })
}

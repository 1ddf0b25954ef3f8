import type { Device } from '../../src/device/device.ts'
import { createBrowserGround } from '../../src/device/media/browser-ground.ts'
import { openDevice } from '../../src/device/open-device.ts'
import { aChallenge } from '../../tests/support/contents.ts'

/** Runs in the browser, on the app's own origin: the phone's own store without screens, under the name that the app opens. */
const opened = openDevice(createBrowserGround({ appVersion: '0.0.1-bench' }))

export async function join(link: string): Promise<string> {
  const joined = await (await opened).join({ invite: link.split('#').at(-1) ?? '', name: 'Awa', language: 'en' })
  return joined.ok ? 'joined' : joined.problem.code
}

export async function save(count: number): Promise<void> {
  const device = await opened
  for (let at = 0; at < count; at += 1) await savedEntry(device, at)
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

async function savedEntry(device: Device, at: number): Promise<number> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...challenge(at) } })
  const began = performance.now()
  const saved = await device.saveDraft(draft.id)
  const took = performance.now() - began
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem))
  return took
}

function challenge(at: number) {
  return aChallenge({ description: `Place ${at}: the well has been dry since Monday, and people walk an hour for water.` })
}

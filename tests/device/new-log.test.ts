import { describe, expect, it, vi } from 'vitest'
import { beginNewLog, goesOnBehindTornLog } from '#device/media/new-log.ts'
import { wasCutShort } from '#device/media/page-rest.ts'
import { openDevice } from '#device/open-device.ts'
import { eventually } from '../support/eventually.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { newDatabaseName, until } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'

/** A phone whose browser begins new logs, and what it has been asked. */
async function phone(answer: () => Promise<void>, whenIdle?: (run: () => void) => void, isUrgent = false) {
  const asked: string[] = []
  const ground = { ...testGround({ databaseName: newDatabaseName(), fetch: createFakeServer().fetch }), ...(whenIdle === undefined ? {} : { whenIdle }), newLog: { begin: (isAwaited: boolean) => (asked.push(isAwaited ? 'log, awaited' : 'log'), answer()), isUrgent } }
  return { device: await openDevice(ground), ground, asked }
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('a browser that goes on behind a log that was torn', () => {
  it('[DS119] begins a new log before the first write, once; reading waits for nothing', async () => {
    let end: () => void = () => undefined
    const { device, asked } = await phone(() => new Promise<void>((resolve) => (end = resolve)), () => undefined)
    expect(await until(device.drafts, () => true)).toEqual([])
    expect(asked).toEqual([])
    let isKept = false
    const draft = device.createDraft('challenge').then(() => (isKept = true))
    await eventually(() => expect(asked).toEqual(['log, awaited']))
    await soon()
    expect(isKept).toBe(false)
    end()
    await draft
    await device.createDraft('action')
    expect(await until(device.drafts, (drafts) => drafts.length === 2)).toHaveLength(2)
    expect(asked).toEqual(['log, awaited'])
    device.close()
  })

  it('[DS119] begins it behind the first screen where nothing is written', async () => {
    let idle: () => void = () => undefined
    const { device, asked } = await phone(() => Promise.resolve(), (run) => {
      const before = idle
      idle = () => (before(), run())
    })
    await soon()
    expect(asked).toEqual([])
    idle()
    await eventually(() => expect(asked).toEqual(['log']))
    device.close()
  })

  it('[DS119] begins it at once where the page before was cut short', async () => {
    const { device, asked } = await phone(() => Promise.resolve(), () => undefined, true)
    expect(asked).toEqual(['log, awaited'])
    device.close()
  })

  it('[DS119] a page was cut short when the one before was looked at until its end; what is not known is no haste', () => {
    const kept = new Map<string, string>()
    const store = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) }
    const open = () => {
      const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
      const was = wasCutShort({ kept: () => store, page: page as unknown as Document })
      return { was, look: (visibilityState: DocumentVisibilityState) => (Object.assign(page, { visibilityState }), page.dispatchEvent(new Event('visibilitychange'))) }
    }
    const first = open()
    const second = open()
    second.look('hidden')
    const third = open()
    third.look('hidden')
    third.look('visible')
    expect([first.was, second.was, third.was, open().was]).toEqual([false, true, false, true])
    const refused = () => {
      throw new Error('not allowed')
    }
    expect(wasCutShort({ kept: () => ({ getItem: refused, setItem: refused }), page: new EventTarget() as unknown as Document })).toBe(false)
  })

  it('[DS611] where sites may keep no words beside the database, whose very name throws then, nothing is known, and the store opens', () => {
    // As here, where there is none.
    expect(() => localStorage).toThrow(ReferenceError)
    expect(wasCutShort({ page: new EventTarget() as unknown as Document })).toBe(false)
  })

  it('[DS119] begins it a second after the start where the browser is never idle', async () => {
    const { device, ground, asked } = await phone(() => Promise.resolve(), () => undefined)
    ground.time.advance(999)
    expect(asked).toEqual([])
    ground.time.advance(1)
    expect(asked).toEqual(['log'])
    device.close()
  })

  it('[DS119] a log that cannot be begun, or not in a second, keeps no word from being kept', async () => {
    const refused = await phone(() => Promise.reject(new Error('no room')), () => undefined)
    await refused.device.createDraft('challenge')
    expect(await until(refused.device.drafts, (drafts) => drafts.length === 1)).toHaveLength(1)
    const endless = await phone(() => new Promise<void>(() => undefined), () => undefined)
    const draft = endless.device.createDraft('challenge')
    expect(await until(endless.device.drafts, () => true)).toEqual([])
    await soon()
    expect(endless.device.drafts.get()).toEqual([])
    endless.ground.time.advance(1000)
    await draft
    expect(await until(endless.device.drafts, (drafts) => drafts.length === 1)).toHaveLength(1)
    for (const { device } of [refused, endless]) device.close()
  })

  it('[DS119] where there was no room it is tried again each minute, until there is or the window closes', async () => {
    let isFull = true
    const { device, ground, asked } = await phone(() => (isFull ? Promise.reject(new Error('no room')) : Promise.resolve()))
    for (const expected of [2, 3]) {
      await eventually(() => (ground.time.advance(60_000), expect(asked).toHaveLength(expected)))
    }
    isFull = false
    for (const _ of [4, 5]) {
      await soon()
      ground.time.advance(60_000)
    }
    expect(asked).toHaveLength(4)
    const closed = await phone(() => Promise.reject(new Error('no room')))
    await soon()
    closed.device.close()
    closed.ground.time.advance(60_000)
    expect(closed.asked).toHaveLength(1)
    device.close()
  })

  it('[DS131] what it is made of goes in in one transaction, a few blocks in each turn, more than four megabytes in all, and nothing of it stays', async () => {
    const turns: number[] = []
    let bytes = 0
    let inThisTurn = 0
    const put = Reflect.get(IDBObjectStore.prototype, 'put') as (block: Uint8Array, key?: IDBValidKey) => IDBRequest<IDBValidKey>
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function count(this: IDBObjectStore, block: Uint8Array, key?: IDBValidKey) {
      if (inThisTurn === 0) queueMicrotask(() => (turns.push(inThisTurn), (inThisTurn = 0)))
      inThisTurn += 1
      bytes += block.byteLength
      return put.call(this, block, key)
    })
    const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await beginNewLog(indexedDB, false)
    expect([turns.length, Math.max(...turns)]).toEqual([15, 6])
    expect(bytes).toBeGreaterThan(4 * 1024 * 1024)
    // One that writes, and one that takes away.
    expect(transactions.mock.calls.filter(([name]) => name === 'blocks')).toHaveLength(2)
    // Who waits for it waits for no turns.
    await beginNewLog(indexedDB, true)
    expect(turns.slice(15)).toEqual([90])
    vi.restoreAllMocks()
    const db = await new Promise<IDBDatabase>((resolve) => (indexedDB.open('log-of-this-browser').onsuccess = ({ target }) => resolve((target as IDBOpenDBRequest).result)))
    const left = await new Promise((resolve) => (db.transaction('blocks').objectStore('blocks').count().onsuccess = ({ target }) => resolve((target as IDBRequest<number>).result)))
    expect(left).toBe(0)
    db.close()
  })

  it('[DS131] a browser that takes no more in the middle of it is told of to who asked, and nothing of it stays', async () => {
    const put = Reflect.get(IDBObjectStore.prototype, 'put') as (block: Uint8Array, key?: IDBValidKey) => IDBRequest<IDBValidKey>
    let taken = 0
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function refuse(this: IDBObjectStore, block: Uint8Array, key?: IDBValidKey) {
      taken += 1
      if (taken > 9) throw new DOMException('full', 'QuotaExceededError')
      return put.call(this, block, key)
    })
    await expect(beginNewLog(indexedDB, false)).rejects.toThrow('no new log')
    expect(taken).toBe(10)
    vi.restoreAllMocks()
    await beginNewLog(indexedDB, false)
  })

  it('[DS119] is Chromium, by whatever name; not what is WebKit or Gecko', () => {
    const chrome = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36'
    for (const agent of [chrome, chrome.replace('Chrome/', 'SamsungBrowser/25.0 Chrome/'), `${chrome} Edg/126.0`, chrome.replace('Chrome/', 'HeadlessChrome/')]) expect([agent, goesOnBehindTornLog(agent)]).toEqual([agent, true])
    for (const agent of [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
      'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0',
    ]) expect([agent, goesOnBehindTornLog(agent)]).toEqual([agent, false])
  })
})

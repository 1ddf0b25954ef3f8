import { afterEach, describe, expect, it, vi } from 'vitest'
import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId } from '#domain/ids.ts'
import { foldAnew } from '#device/store/audit.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { entryShape } from '#device/store/rows.ts'
import { idlingStart, joinedPhone, reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { createLocks } from '../support/test-ground.ts'

afterEach(() => vi.restoreAllMocks())

describe('a start whose first screen comes before the audit', () => {
  it('[DS31] a store that is fit is shown at once; what is missing in it is made anew when nobody waits, and nothing is sent before', async () => {
    const { phone, missing } = await closedPhone()
    const start = await idlingStart(phone)
    const before = phone.server.requests.length
    expect((await until(start.device.entries, () => true)).map(({ state }) => state.id)).not.toContain(missing)
    const flushed = start.device.flush()
    await start.device.readDraft(missing)
    expect(phone.server.requests.length).toBe(before)
    start.beIdle()
    await flushed
    expect((await until(start.device.entries, (entries) => entries.length === 2)).map(({ state }) => state.id)).toContain(missing)
    expect(phone.server.requests.length).toBeGreaterThan(before)
    start.device.close()
  })

  it('[DS130] what waits, the room of the phone and damage are looked at when nobody waits for the first screen', async () => {
    const phone = await joinedPhone({ isOnline: true })
    phone.device.close()
    const start = await idlingStart(phone)
    await until(start.device.entries, () => true)
    await start.device.readDraft('0190aaaa-0000-7000-8000-000000000001' as EntryId)
    const asked = () => [start.device.sync.get()?.phase, start.device.health.get() === undefined, start.device.notice.get()]
    const before = phone.server.requests.length
    expect(asked()).toEqual(['idle', true, undefined])
    start.beIdle()
    await until(start.device.notice, () => true)
    await start.device.flush()
    expect(phone.server.requests.length).toBeGreaterThan(before)
    expect(asked()).toEqual(['idle', false, null])
    start.device.close()
  })

  it('[DS31] a counter that is behind and entries of another shape, or of code that knew of no shapes, are seen to before the first screen', async () => {
    const otherShape = (db: DeviceDatabase) => writeMeta(db, 'foldedAs', { by: '0.0.1-test', shape: entryShape + 1 })
    for (const spoil of [(db: DeviceDatabase) => writeMeta(db, 'deviceSeq', 1), otherShape, (db: DeviceDatabase) => writeMeta(db, 'foldedBy', '0.0.1-test')]) {
      const { phone, missing } = await closedPhone(spoil)
      const start = await idlingStart(phone)
      expect((await until(start.device.firstLook, () => true)).newest.map(({ state }) => state.id)).toContain(missing)
      expect((await until(start.device.entries, () => true)).map(({ state }) => state.id)).toContain(missing)
      start.device.close()
    }
  })
})

describe('the first starts of a new version of the app', () => {
  it('[DS146] all entries are shown as they were, and folded anew behind the first screen', async () => {
    const { phone, ids } = await phoneOfBefore(60)
    const start = await idlingStart(phone, { appVersion: newVersion, isOnline: false })
    expect((await until(start.device.entries, (entries) => entries.length === ids.length)).every(({ state }) => isOld(state))).toBe(true)
    const ending = setInterval(start.beIdle, 5)
    await until(start.device.entries, (entries) => entries.every(({ state }) => !isOld(state)))
    clearInterval(ending)
    start.device.close()
  })

  it('[DS146] it is done in pieces, between which others write, and goes on where an earlier start was ended', async () => {
    const { phone, ids } = await phoneOfBefore(130)
    const [passed] = ids
    await behind(phone, async (db) => {
      await expect(foldAnew(db, newVersion, () => Promise.reject(new Error('The app was closed.')))).rejects.toThrow('closed')
      expect((await oldOnes(db)).toSorted()).toEqual(ids.slice(50))
      // Whoever goes on from there does not come by here again.
      await db.entries.where('id').equals(passed ?? '').modify(old)
    })
    await behind(phone, async (db) => {
      const pauses: number[] = []
      await foldAnew(db, newVersion, async () => {
        await db.write([db.meta], () => writeMeta(db, 'reserveMade', true))
        pauses.push((await oldOnes(db)).length)
      })
      expect(pauses).toEqual([31])
      expect(await oldOnes(db)).toEqual([passed])
      expect([await readMeta(db, 'foldedAs'), await readMeta(db, 'folding')]).toEqual([{ by: newVersion, shape: entryShape }, undefined])
    })
  })

  it('[DS146] what comes out the same is not written, a version that has come to the end does not begin again, and another one begins anew', async () => {
    const { phone, ids } = await phoneOfBefore(3, 1)
    const puts = vi.spyOn(IDBObjectStore.prototype, 'put')
    const written = () => puts.mock.contexts.filter((store) => (store as IDBObjectStore).name === 'entries').length
    await behind(phone, async (db) => {
      await foldAnew(db, newVersion, () => Promise.resolve())
      expect(written()).toBe(1)
      await db.entries.toCollection().modify(old)
      await foldAnew(db, newVersion, () => Promise.resolve())
      expect((await oldOnes(db)).length).toBe(ids.length)
      await writeMeta(db, 'folding', { by: newVersion, upTo: ids[2] as EntryId })
      await foldAnew(db, '0.0.3-test', () => Promise.resolve())
      expect(await oldOnes(db)).toEqual([])
    })
  })

  it('[DS146] of two versions at once the one that began last comes to its end, and what an old one writes meanwhile is folded at the next start', async () => {
    const { phone } = await phoneOfBefore(130)
    await behind(phone, async (db) => {
      const [paused, goingOn] = [Promise.withResolvers<null>(), Promise.withResolvers<null>()]
      const pauses = { before: 0, last: 0 }
      const before = foldAnew(db, newVersion, async () => {
        pauses.before += 1
        paused.resolve(null)
        await goingOn.promise
      })
      await paused.promise
      await foldAnew(db, newerVersion, async () => {
        pauses.last += 1
        goingOn.resolve(null)
        await before
      })
      expect(pauses).toEqual({ before: 1, last: 2 })
      expect(await readMeta(db, 'foldedAs')).toEqual({ by: newerVersion, shape: entryShape })
      await writeMeta(db, 'foldedAs', { by: '0.0.1-test', shape: entryShape })
      await foldAnew(db, newVersion, () => writeMeta(db, 'foldedBy', '0.0.0-test'))
      expect([await readMeta(db, 'foldedAs'), await readMeta(db, 'foldedBy')]).toEqual([{ by: '0.0.1-test', shape: entryShape }, '0.0.0-test'])
    })
  })

  it('[DS146] what a version wrote that was rolled back to in the middle is folded by the next one as well', async () => {
    const { phone, ids } = await phoneOfBefore(130)
    const stopped = () => Promise.reject(new Error('The app was closed.'))
    await behind(phone, async (db) => {
      await foldAnew(db, newVersion, () => Promise.resolve())
      await expect(foldAnew(db, newerVersion, stopped)).rejects.toThrow('closed')
      await foldAnew(db, newVersion, stopped)
      await db.entries.where('id').equals(ids[3] ?? '').modify(old)
      await foldAnew(db, newerVersion, () => Promise.resolve())
      expect(await oldOnes(db)).toEqual([])
    })
  })

  it('[DS146] an entry whose changes this version cannot fold stays as it was, is told of once and at each start until it can be folded', async () => {
    const { phone, ids: [broken] } = await phoneOfBefore(2)
    const bodies = new Map<string, unknown>()
    const damage = () => behind(phone, (db) => readMeta(db, 'damage'))
    await behind(phone, async (db) => {
      await db.changes.where('entryId').equals(broken ?? '').modify((row) => {
        bodies.set(row.id, row.change?.body)
        Object.assign(row.change ?? {}, { body: null })
      })
      await foldAnew(db, newVersion, () => Promise.resolve())
      expect(await oldOnes(db)).toEqual([broken])
    })
    expect(await damage()).toEqual({ entries: 1, changes: 0 })
    for (const appVersion of [newVersion, newVersion, newerVersion]) (await reopened(phone, { isOnline: false, appVersion, locks: createLocks() })).device.close()
    expect(await damage()).toEqual({ entries: 1, changes: 0 })
    await behind(phone, (db) => db.changes.where('entryId').equals(broken ?? '').modify((row) => void Object.assign(row.change ?? {}, { body: bodies.get(row.id) })))
    ;(await reopened(phone, { isOnline: false, appVersion: newerVersion, locks: createLocks() })).device.close()
    expect([await damage(), await behind(phone, oldOnes)]).toEqual([{ entries: 0, changes: 0 }, []])
  })
})

const newerVersion = '0.0.3-test'
const newVersion = '0.0.2-test'
const old = { 'state.content.description': 'As older code folded it.' }

function isOld({ content }: EntryState): boolean {
  return content.description === 'As older code folded it.'
}

async function oldOnes(db: DeviceDatabase): Promise<readonly EntryId[]> {
  return (await db.entries.toArray()).filter(({ state }) => isOld(state)).map(({ id }) => id)
}

/** With so many saved entries, of which so many say something else than their changes. */
async function phoneOfBefore(count: number, stale: number = count): Promise<{ readonly phone: Phone; readonly ids: readonly EntryId[] }> {
  const phone = await joinedPhone()
  phone.ground.setOnline(false)
  for (let at = 0; at < count; at += 1) {
    const id = await savedChallenge(phone.device)
    if (at % 3 === 0) await phone.device.comment(id, 'The roof as well.', 'en')
  }
  phone.device.close()
  const ids = await behind(phone, async (db) => {
    const all = (await db.entries.toCollection().primaryKeys()).toSorted()
    await db.entries.where('id').anyOf(all.slice(0, stale)).modify(old)
    return all
  })
  return { phone, ids }
}

async function behind<Value>({ ground }: Phone, act: (db: DeviceDatabase) => PromiseLike<Value>): Promise<Value> {
  const db = new DeviceDatabase(ground.databaseName)
  try {
    return await act(db)
  } finally {
    db.shut()
  }
}

/** With two saved entries, of which one lacks its row, so that an audit has something to do. */
async function closedPhone(spoil: (db: DeviceDatabase) => Promise<void> = () => Promise.resolve()) {
  const phone = await joinedPhone({ isOnline: true })
  phone.ground.setOnline(false)
  const [missing] = [await savedChallenge(phone.device), await savedChallenge(phone.device)]
  phone.device.close()
  const db = new DeviceDatabase(phone.ground.databaseName)
  await db.entries.delete(missing)
  await spoil(db)
  db.shut()
  return { phone, missing }
}

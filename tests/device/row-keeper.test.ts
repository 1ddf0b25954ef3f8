import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LocalEntry } from '#device/device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { watchQuery } from '#device/store/live-watch.ts'
import { createRowKeeper, noticeAll } from '#device/store/row-keeper.ts'
import { createStanding } from '#device/sync/standing.ts'
import { newDatabaseName, joinedPhone, reopened, savedChallenge, until } from '../support/phone.ts'
import { createLocks } from '../support/test-ground.ts'

afterEach(() => vi.restoreAllMocks())

describe('own entries in memory', () => {
  it('[DS32] after a change of one entry the others are the very same objects, and nothing else of them was read', async () => {
    const { device, ground } = await joinedPhone()
    ground.setOnline(false)
    const [first, changed, third] = [await savedChallenge(device), await savedChallenge(device), await savedChallenge(device)]
    const before = byId(await until(device.entries, (entries) => entries.length === 3))
    const wholeReads = vi.spyOn(IDBObjectStore.prototype, 'getAll')
    const revised = await device.revise(changed, { set: { description: 'The lessons come by radio, and the radio has no batteries.' }, unset: [], answers: [] })
    expect(revised.ok).toBe(true)
    const after = byId(await until(device.entries, (entries) => entries.some(({ pendingChanges }) => pendingChanges === 2)))
    expect([first, changed, third].map((id) => after.get(id) === before.get(id))).toEqual([true, false, true])
    expect(wholeReads.mock.contexts.filter((store) => store instanceof IDBObjectStore && store.name === 'entries')).toEqual([])
    expect(after.get(changed)?.state.content.description).toContain('no batteries')
    device.close()
  })

  it('[DS32] what another window writes, takes away or clears is seen as well', async () => {
    const phone = await joinedPhone()
    phone.ground.setOnline(false)
    const first = await savedChallenge(phone.device)
    const other = await reopened(phone, { isOnline: false, locks: createLocks() })
    await until(other.device.entries, (entries) => entries.length === 1)
    const second = await savedChallenge(phone.device)
    expect([...byId(await until(other.device.entries, (entries) => entries.length === 2)).keys()].toSorted()).toEqual([first, second].toSorted())
    const behind = new DeviceDatabase(phone.ground.databaseName)
    await behind.entries.delete(first)
    expect([...byId(await until(other.device.entries, (entries) => entries.length === 1)).keys()]).toEqual([second])
    await behind.entries.clear()
    await until(other.device.entries, (entries) => entries.length === 0)
    behind.shut()
    other.device.close()
    phone.device.close()
  })

  it('[DS32] [DS144] where the numbers do not agree everything is read anew, and a reading that failed is not relied on', async () => {
    const db = new DeviceDatabase(newDatabaseName())
    await db.members.bulkPut([{ sv: 1, id: 'a' as never, name: 'Amal' }, { sv: 1, id: 'b' as never, name: 'Bilal' }])
    let at = 0
    const time = { now: () => at }
    const keeper = createRowKeeper(db, db.members, time)
    expect((await keeper.read()).size).toBe(2)
    // Past the library, as a failing disk would: nobody tells.
    const raw = db.backendDB().transaction('members', 'readwrite')
    raw.objectStore('members').delete('a')
    await new Promise((resolve) => raw.addEventListener('complete', resolve))
    const counts = vi.spyOn(IDBObjectStore.prototype, 'count')
    expect((await keeper.read()).size).toBe(2)
    expect(counts).not.toHaveBeenCalled()
    at += 60_000
    expect([...(await keeper.read()).keys()]).toEqual(['b'])
    expect(counts).toHaveBeenCalledOnce()
    // A last row that nobody told of is seen without that.
    const later = db.backendDB().transaction('members', 'readwrite')
    later.objectStore('members').put({ sv: 1, id: 'c', name: 'Chipo' })
    await new Promise((resolve) => later.addEventListener('complete', resolve))
    expect([...(await keeper.read()).keys()]).toEqual(['b', 'c'])
    keeper.stop()
    db.shut()
    await expect(keeper.read()).rejects.toThrow()
  })
})

it('[DS148] what is noticed is read again after every write to it, without a question to the browser', async () => {
  const db = new DeviceDatabase(newDatabaseName())
  await db.members.bulkPut([{ sv: 1, id: 'b' as never, name: 'Bilal' }])
  let readings = 0
  const watch = watchQuery(() => db.read([db.members], async () => {
    await noticeAll(db.members)
    return (readings += 1)
  }))
  const end = watch.subscribe(() => undefined)
  await until(watch, (count) => count === 1)
  const asked = questions()
  const [other, writes] = [new DeviceDatabase(db.name), [
    (one: DeviceDatabase) => one.members.put({ sv: 1, id: 'b' as never, name: 'Boris' }),
    (one: DeviceDatabase) => one.members.put({ sv: 1, id: 'a' as never, name: 'Amal' }),
    (one: DeviceDatabase) => one.members.delete('b' as never),
    // Of so many the library does not say which.
    (one: DeviceDatabase) => one.members.bulkPut(Array.from({ length: 60 }, (_, n) => ({ sv: 1 as const, id: `m${n}` as never, name: 'Many' }))),
    (one: DeviceDatabase) => one.write([one.members], () => one.transaction('rw', one.members, () => one.members.put({ sv: 1, id: 'm7' as never, name: 'Within' }))),
    (one: DeviceDatabase) => one.members.clear(),
  ]]
  for (const window of [db, other]) {
    for (const write of writes) {
      const before = readings
      await write(window)
      await until(watch, (count) => count > before)
    }
  }
  await db.meta.put({ sv: 1, key: 'lastContactAt', value: 'now' })
  expect([readings, asked().filter((question) => question.startsWith('members '))]).toEqual([1 + 2 * writes.length, []])
  end()
  db.shut()
  other.shut()
})

it('[DS148] what a first screen shows is said anew by fifteen questions, however much there is', async () => {
  const phone = await joinedPhone()
  phone.ground.setOnline(false)
  for (let n = 0; n < 3; n += 1) await savedChallenge(phone.device)
  phone.device.close()
  const db = new DeviceDatabase(phone.ground.databaseName)
  const standing = createStanding(db, phone.ground.clock)
  await standing.read()
  const asked = questions()
  expect((await standing.read()).look.newest).toHaveLength(3)
  expect(asked()).toHaveLength(15)
  standing.stop()
  db.shut()
})

/** What is asked of the browser from here on. */
function questions(): () => readonly string[] {
  const asked: string[] = []
  for (const kind of [IDBObjectStore, IDBIndex]) {
    for (const name of ['get', 'getAll', 'getAllKeys', 'getKey', 'openCursor', 'openKeyCursor', 'count'] as const) {
      const ask = kind.prototype[name] as (...given: readonly unknown[]) => IDBRequest
      vi.spyOn(kind.prototype, name).mockImplementation(function question(this: IDBObjectStore | IDBIndex, ...given: readonly unknown[]) {
        asked.push(`${this instanceof IDBIndex ? this.objectStore.name : this.name} ${name}`)
        return ask.apply(this, [...given]) as never
      })
    }
  }
  return () => asked
}

function byId(entries: readonly LocalEntry[]): ReadonlyMap<LocalEntry['state']['id'], LocalEntry> {
  return new Map(entries.map((entry) => [entry.state.id, entry]))
}

import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LocalEntry } from '#device/device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { createRowKeeper } from '#device/store/row-keeper.ts'
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

function byId(entries: readonly LocalEntry[]): ReadonlyMap<LocalEntry['state']['id'], LocalEntry> {
  return new Map(entries.map((entry) => [entry.state.id, entry]))
}

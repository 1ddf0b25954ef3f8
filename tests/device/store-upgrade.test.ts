import { Dexie } from 'dexie'
import { expect, it } from 'vitest'
import { DeviceDatabase } from '#device/store/database.ts'
import { begunVersion } from '#device/store/versions/begun-version.ts'
import { firstVersion } from '#device/store/versions/first.ts'
import { secondVersion } from '#device/store/versions/second.ts'
import { openDevice } from '#device/open-device.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { joinedPhone, newDatabaseName, savedChallenge, until } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'

it('[DS145] a phone of the version before keeps every row, and what older code folded without saying that it asks is folded once more', async () => {
  const phone = await joinedPhone()
  phone.ground.setOnline(false)
  const ids = [await savedChallenge(phone.device), await savedChallenge(phone.device)]
  phone.device.close()
  const [now, name] = [new DeviceDatabase(phone.ground.databaseName), newDatabaseName()]
  const before = new Dexie(name)
  before.version(3).stores({ ...firstVersion, ...secondVersion, ...begunVersion })
  for (const { name: table } of now.tables) await before.table(table).bulkPut(await now.table(table).toArray())
  // Older code said by which version it had folded, and nothing of shapes; this row shows whether it was made anew.
  await before.table('meta').delete('foldedAs')
  await before.table('meta').put({ sv: 1, key: 'foldedBy', value: '0.0.1-test' })
  await before.table('entries').update(ids[0] ?? '', { 'state.content.description': 'Folded by older code.' })
  const kept = await Promise.all(['changes', 'receipts', 'meta'].map((table) => before.table(table).count()))
  now.shut()
  before.close()

  const device = await openDevice(testGround({ databaseName: name, fetch: createFakeServer().fetch, isOnline: false }))
  const entries = await until(device.entries, (all) => all.length === 2)
  expect(entries.map(({ state }) => state.id).toSorted()).toEqual(ids.toSorted())
  expect(entries.some(({ state }) => state.content.description === 'Folded by older code.')).toBe(false)
  expect((await until(device.firstLook, ({ newest }) => newest.length === 2)).newest).toHaveLength(2)
  expect((await until(device.sync, ({ pendingEntries }) => pendingEntries === 2)).pendingChanges).toBe(2)
  device.close()
  const after = new DeviceDatabase(name)
  expect(await Promise.all([after.changes.count(), after.receipts.count(), after.meta.count()])).toEqual(kept)
  after.shut()
})

import { RangeSet } from 'dexie'
import { describe, expect, it } from 'vitest'
import { createEntryId } from '#domain/new-ids.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { newChange } from '#device/store/making.ts'
import { appendOwn, ownChangeTables } from '#device/store/own-change.ts'
import { keepStorageAfterSave } from '#app/courtesies.ts'
import { badgeQuestions } from '#app/badge.ts'
import type { ChangeRow, EntryRow, ReceiptRow } from '#device/store/rows.ts'
import { aChallenge } from '../support/contents.ts'
import { idlingStart, joinedPhone, reopened, savedChallenge, until } from '../support/phone.ts'

describe('what other windows write', () => {
  it('[DS32] [DS144] is shown as soon as the channel tells of it, and not with the next thing that is told', async () => {
    const { device, ground } = await joinedPhone()
    ground.setOnline(false)
    const [id] = [await savedChallenge(device), await savedChallenge(device)]
    await until(device.entries, (all) => all.length === 2)
    await until(device.sync, ({ pendingEntries }) => pendingEntries === 2)
    const db = new DeviceDatabase(ground.databaseName)
    const [row, change] = await db.read([db.entries, db.changes], async () => [await db.entries.get(id), await db.changes.where('entryId').equals(id).first()] as const)
    if (row === undefined || change === undefined) throw new Error('nothing was saved')
    await writtenElsewhere(db, { entries: [{ ...row, state: { ...row.state, content: { ...row.state.content, description: 'Other words.' } } }] })
    expect(await until(device.entries, (all) => all.some(({ state }) => state.content.description === 'Other words.'))).toHaveLength(2)
    await writtenElsewhere(db, { receipts: [{ sv: 1, id: change.id, seq: 1, epoch: 'e', status: 'stored' }], changes: [{ ...change, seq: 1 }] })
    expect(await until(device.sync, ({ pendingEntries }) => pendingEntries === 1)).toMatchObject({ pendingChanges: 1 })
    device.close()
    db.shut()
  })
})

it('[DS32] [DS144] many rows at once and something else right behind them are shown, though the second reading begins before the first has come', async () => {
  const phone = await joinedPhone()
  phone.device.close()
  const db = new DeviceDatabase(phone.ground.databaseName)
  const ids = Array.from({ length: 600 }, () => createEntryId(phone.ground.clock, phone.ground.chance))
  await db.write([...ownChangeTables(db)], () => appendOwn(db, ids.map((entryId) => newChange(phone.ground, { entryId, type: 'record', base: null, body: { content: aChallenge() } }))))
  const { device } = await reopened(phone, { isOnline: false })
  await until(device.entries, (all) => all.length === ids.length)
  const end = device.entries.subscribe(() => undefined)
  for (const word of ['First words.', 'Second words.', 'Third words.']) {
    const rows = (await db.entries.bulkGet(ids.slice(100, 160))).flatMap((row) => (row === undefined ? [] : [{ ...row, state: { ...row.state, content: { ...row.state.content, description: word } } }]))
    const many = db.write([db.entries], () => db.entries.bulkPut(rows))
    await db.write([db.meta], () => db.meta.put({ sv: 1, key: 'lastContactAt', value: word }))
    await many
    expect(await until(device.entries, (all) => all.filter(({ state }) => state.content.description === word).length === 60)).toHaveLength(ids.length)
  }
  end()
  device.close()
  db.shut()
})

it('[DS145] what the app does beside its screens reads no more than a first screen', async () => {
  const phone = await joinedPhone()
  phone.ground.setOnline(false)
  await savedChallenge(phone.device)
  phone.device.close()
  const { device } = await idlingStart(phone, { isOnline: false })
  keepStorageAfterSave(device)
  badgeQuestions(device, { set: () => Promise.resolve(), clear: () => Promise.resolve() })
  await until(device.firstLook, ({ newest }) => newest.length === 1)
  expect([device.entries.get(), device.firstLook.get()?.all]).toEqual([undefined, null])
  device.close()
})

/** Past the library, and then told as it tells the other windows. */
async function writtenElsewhere(db: DeviceDatabase, rows: Readonly<Record<string, readonly (EntryRow | ChangeRow | ReceiptRow)[]>>): Promise<void> {
  const raw = db.backendDB().transaction(Object.keys(rows), 'readwrite')
  for (const [table, some] of Object.entries(rows)) for (const row of some) raw.objectStore(table).put(row)
  await new Promise((resolve) => raw.addEventListener('complete', resolve))
  const channel = new BroadcastChannel('x-storagemutated-1')
  const parts = Object.entries(rows).flatMap(([table, [row]]) => ['', ':dels'].map((index) => [`idb://${db.name}/${table}/${index}`, new RangeSet(row?.id ?? '')]))
  channel.postMessage(JSON.parse(JSON.stringify(Object.fromEntries(parts))))
  await new Promise((resolve) => setTimeout(resolve, 50))
  channel.close()
}

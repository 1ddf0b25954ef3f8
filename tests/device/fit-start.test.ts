import { describe, expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { writeMeta } from '#device/store/meta.ts'
import { idlingStart, joinedPhone, savedChallenge, until } from '../support/phone.ts'

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

  it('[DS31] a counter that is behind and entries that another version folded are seen to before the first screen', async () => {
    for (const spoil of [(db: DeviceDatabase) => writeMeta(db, 'deviceSeq', 1), (db: DeviceDatabase) => writeMeta(db, 'foldedBy', '0.0.0')]) {
      const { phone, missing } = await closedPhone(spoil)
      const start = await idlingStart(phone)
      expect((await until(start.device.entries, () => true)).map(({ state }) => state.id)).toContain(missing)
      start.device.close()
    }
  })
})

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

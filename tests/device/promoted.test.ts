import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EntryId, Instant, Sha256 } from '#domain/ids.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import type { Role } from '#protocol/membership.ts'
import type { ScriptDevice } from '../../demo/script-device.ts'
import { aChallenge } from '../support/contents.ts'
import { savedChallenge, until } from '../support/phone.ts'
import { realPhone } from '../support/real-phone.ts'
import type { RealPhone } from '../support/real-phone.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

let server: TestServer
let author: ScriptDevice
let desk: ScriptDevice
beforeAll(async () => {
  server = await startTestServer()
  ;[author, desk] = [await server.join('volunteer', { name: 'Nadia' }), await server.join('coordinator', { name: 'Ruth' })]
})
afterAll(() => server.close())

/** An entry that other volunteers see, and one that they do not. */
async function twoOfNadia(): Promise<readonly EntryId[]> {
  const [open, own] = [author.change('record', { content: aChallenge({ description: 'Told to all' }) }), author.change('record', { content: aChallenge({ description: 'Told to the desk' }) })]
  await author.push([open, own])
  const { contentHash } = (await desk.get(`/entries/${open.entryId}`)) as { readonly contentHash: Sha256 }
  await desk.push([desk.change('decide', { revision: open.id, contentHash, verdict: 'approve', questions: [] }, { entryId: open.entryId, base: open.id })])
  return [open.entryId, own.entryId]
}

async function becomes({ device }: RealPhone, role: Role): Promise<void> {
  const me = await until(device.membership, (known) => known !== null)
  if (me === null) throw new Error('nobody')
  await server.context.store.members.change(server.campaign.id, me.member.id, { role }, { memberId: null, deviceId: null, at: '2026-03-01T09:00:00.000Z' as Instant })
}

/** Which of these words lie in the phone's store. */
async function lies(databaseName: string): Promise<readonly string[]> {
  const db = new DeviceDatabase(databaseName)
  const text = JSON.stringify(await Promise.all([db.changes, db.entries, db.digests, db.members].map((table) => table.toArray())))
  db.shut()
  return ['Told to all', 'Told to the desk', 'Nadia', 'My own words'].filter((words) => text.includes(words))
}

describe('a phone whose person gets another role', () => {
  it('[SY620] takes nothing of what others wrote, and keeps nothing that it was shown before; as a volunteer again it is shown what all may see', async () => {
    await twoOfNadia()
    const phone = await realPhone(server)
    await savedChallenge(phone.device, { description: 'My own words' })
    await phone.device.flush()
    expect(await lies(phone.ground.databaseName)).toEqual(['Told to all', 'My own words'])
    await becomes(phone, 'coordinator')
    expect(await phone.device.flush()).toMatchObject({ problem: null })
    expect((await until(phone.device.membership, (known) => known?.member.role === 'coordinator'))?.abilities).toContain('readAll')
    expect(await lies(phone.ground.databaseName)).toEqual(['My own words'])
    await becomes(phone, 'volunteer')
    await phone.device.flush()
    expect(await lies(phone.ground.databaseName)).toEqual(['Told to all', 'My own words'])
    phone.device.close()
  })

  it('[SY620] nor where it cannot learn at once who it is', async () => {
    await twoOfNadia()
    const phone = await realPhone(server)
    await phone.device.flush()
    expect(await lies(phone.ground.databaseName)).toEqual(['Told to all'])
    await becomes(phone, 'coordinator')
    phone.wire.before = (path) => {
      if (path.startsWith('/me')) throw new TypeError('the line is cut')
    }
    const id = await savedChallenge(phone.device, { description: 'My own words' })
    await phone.device.flush()
    expect(await lies(phone.ground.databaseName)).toEqual(['My own words'])
    expect((await until(phone.device.watchEntry(id), (entry) => entry?.travel === 'received'))?.travel).toBe('received')
    phone.wire.before = () => undefined
    expect(await phone.device.flush()).toMatchObject({ problem: null, pendingChanges: 0 })
    expect(await lies(phone.ground.databaseName)).toEqual(['My own words'])
    phone.device.close()
  })

  it('[SY620] what a phone of before had taken as a coordinator’s goes when its person is a volunteer again, with the names', async () => {
    const [, hidden] = await twoOfNadia()
    const phone = await realPhone(server)
    await becomes(phone, 'coordinator')
    await phone.device.flush()
    const db = new DeviceDatabase(phone.ground.databaseName)
    const [taken] = await server.context.store.changes.ofEntry(server.campaign.id, hidden as EntryId)
    if (taken === undefined || taken.id === null || taken.entryId === null) throw new Error('a record')
    await db.changes.put({ sv: 1, id: taken.id, entryId: taken.entryId, own: false, deviceId: taken.deviceId, memberId: taken.memberId, seq: taken.seq, receivedAt: taken.receivedAt, ref: taken.ref ?? undefined, quarantined: false, change: JSON.parse(taken.text) as never, bytes: 0 })
    await db.members.put({ sv: 1, id: taken.memberId, name: 'Nadia' })
    db.shut()
    expect(await lies(phone.ground.databaseName)).toEqual(['Told to the desk', 'Nadia'])
    await becomes(phone, 'volunteer')
    await phone.device.flush()
    expect(await lies(phone.ground.databaseName)).toEqual(['Told to all'])
    phone.device.close()
  })
})

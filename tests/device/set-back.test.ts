import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { openDatabase } from '#server/store/sqlite/open-sqlite-store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { aChallenge } from '../support/contents.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { joinedPhone, onePixelPhoto, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { realPhone } from '../support/real-phone.ts'
import type { RealPhone } from '../support/real-phone.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

describe('a server that was set back and does not say so', () => {
  let server: TestServer
  beforeAll(async () => void (server = await startTestServer()))
  afterAll(() => server.close())

  /** Past the store, as a snapshot of the machine or a replica that lacks the last minutes would do it. */
  const alter = (...statements: readonly string[]): void => {
    const database = openDatabase(join(server.context.config.dataDir, 'terrain.db'))
    database.exec(`pragma foreign_keys = off; ${statements.join('; ')}`)
    database.close()
  }
  const stored = async () => (await server.context.store.changes.scan(server.campaign.id, 0, 1000)).map(({ id }) => id)
  const isReceived = async ({ device }: RealPhone, id: EntryId) => (await until(device.watchEntry(id), (entry) => entry !== null))?.travel

  it('[SY94] [SE418] gets again what it had answered for and lacks, from its author’s phone, with the same ids and in one whole chain', async () => {
    const phone = await realPhone(server)
    const ids: EntryId[] = []
    for (let n = 0; n < 4; n += 1) {
      ids.push(await savedChallenge(phone.device))
      await phone.device.flush()
    }
    const before = await stored()
    const head = before.length
    alter(`delete from changes where seq > ${head - 2}`, `delete from entries where seq > ${head - 2}`, `delete from links where device_seq > 2`, `delete from seals where device_seq > 2`, `update counters set seq = ${head - 2}, challenge_ref = challenge_ref - 2`, 'update devices set whole_to = 2 where whole_to > 2')
    expect(await stored()).toEqual(before.slice(0, -2))
    const log = vi.spyOn(server.context.log, 'error')
    expect(await phone.device.flush()).toMatchObject({ pendingChanges: 0, pendingEntries: 0, problem: null })
    expect(await stored()).toEqual(before)
    // Of the phone that is looked at twice, once; it has read to the end by now.
    await phone.device.flush()
    expect(log.mock.calls).toMatchObject([[{ campaign: server.campaign.id, after: head, head: head - 2 }, expect.stringContaining('has read further than this log goes')]])
    expect((await verifyCampaign(server.context.store, server.campaign.id)).faults).toEqual([])
    expect(await Promise.all(ids.map((id) => isReceived(phone, id)))).toEqual(ids.map(() => 'received'))
    phone.device.close()
  })

  it('[SY94] so it does with a place in the middle that it names as missing, and with what has been written meanwhile', async () => {
    const phone = await realPhone(server)
    const ids: EntryId[] = []
    for (let n = 0; n < 3; n += 1) ids.push(await savedChallenge(phone.device))
    await phone.device.flush()
    const [, second] = (await server.context.store.changes.scan(server.campaign.id, 0, 1000)).filter(({ deviceId }) => deviceId === phone.device.membership.get()?.deviceId)
    alter(`delete from changes where key = '${second?.id}'`, `delete from entries where id = '${second?.entryId}'`, `delete from links where change_hash = '${second?.changeHash}'`, 'update devices set whole_to = 0')
    phone.ground.setOnline(false)
    const later = await savedChallenge(phone.device)
    phone.ground.setOnline(true)
    expect(await phone.device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
    expect((await stored()).filter((id) => id === second?.id)).toHaveLength(1)
    expect(await Promise.all([...ids, later].map((id) => isReceived(phone, id)))).toEqual(['received', 'received', 'received', 'received'])
    phone.device.close()
  })
})

it('[SY94] a photo whose receipt the server has lost is offered anew, and one whose receipt it has is not', async () => {
  const { device, server, ground } = await joinedPhone()
  const photos: string[] = []
  for (const byte of [1, 2]) {
    const { entry, sha256 } = await savedWithPhoto(device, byte)
    await device.flush()
    server.addChange({ entryId: entry, type: 'fileStored', body: { sha256, entryId: entry } })
    await device.flush()
    photos.push(sha256)
  }
  expect(ground.uploads).toHaveLength(4)
  const last = await savedChallenge(device)
  await device.flush()
  // The receipt of the second photo and the last entry are gone.
  server.setBack(3)
  expect(await device.flush()).toMatchObject({ pendingChanges: 0, pendingFiles: 0, problem: null })
  expect(server.stored().map(({ change }) => change.entryId)).toContain(last)
  const again = ground.uploads.slice(4).map(({ sha256 }) => sha256)
  // Thumbnails get no receipt of their own.
  expect([again.length, again.includes(photos[1] as never), again.includes(photos[0] as never)]).toEqual([3, true, false])
  // Words first, files behind them: where only the end is lost, it is a receipt of a file.
  const { entry, sha256 } = await savedWithPhoto(device, 3)
  await device.flush()
  server.addChange({ entryId: entry, type: 'fileStored', body: { sha256, entryId: entry } })
  await device.flush()
  const before = ground.uploads.length
  server.setBack(server.stored().length - 1)
  expect(await device.flush()).toMatchObject({ pendingChanges: 0, pendingFiles: 0, problem: null })
  expect(ground.uploads.slice(before).map((file) => file.sha256)).toContain(sha256)
  device.close()
})

it('[SY94] what goes out with the very request that finds it out is not taken for what the server has kept', async () => {
  const { device, server, ground } = await joinedPhone()
  const { entry, sha256 } = await savedWithPhoto(device, 1)
  await device.flush()
  server.addChange({ entryId: entry, type: 'fileStored', body: { sha256, entryId: entry } })
  server.addChange({ entryId: entry, type: 'comment', body: { text: 'Thank you.', lang: 'en' } })
  await device.flush()
  const before = ground.uploads.length
  server.setBack(1)
  await savedChallenge(device)
  expect(await device.flush()).toMatchObject({ pendingChanges: 0, pendingFiles: 0, problem: null })
  expect(ground.uploads.slice(before).map((file) => file.sha256)).toContain(sha256)
  device.close()
})

it('[SY94] of what was erased since, the erasure comes again and no word, and nobody waits for its places', async () => {
  const { device, server } = await joinedPhone()
  const [erased, other] = [await savedChallenge(device, { description: 'Words that are to be gone' }), await savedChallenge(device)]
  await device.flush()
  const base = server.stored()[0]?.change.id ?? null
  expect((await device.erase(erased, base, 'they asked for it')).ok).toBe(true)
  await device.flush()
  server.setBack(0)
  expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
  expect(server.stored().map(({ change }) => [change.type, change.entryId])).toEqual([['record', other], ['erase', erased]])
  expect(JSON.stringify(server.stored())).not.toContain('Words that are to be gone')
  await device.flush()
  expect(server.syncs().at(-1)?.manifest).toMatchObject({ erasedPlaces: [1] })
  device.close()
})

it('[SY94] what the server goes on lacking is sent once more and no oftener', async () => {
  const server = createFakeServer()
  const { device } = await joinedPhone({ server })
  for (let n = 0; n < 3; n += 1) await savedChallenge(device)
  await device.flush()
  server.fault({ after: (path, answer) => (path.endsWith('/sync') && answer.status === 200 ? { ...answer, text: async () => (await answer.text()).replace(/"highDeviceSeq":\d+/, '"highDeviceSeq":1') } : answer) })
  const sends = () => server.syncs().flatMap(({ run }) => run?.changes ?? []).length
  const before = sends()
  for (let n = 0; n < 3; n += 1) expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
  expect(sends() - before).toBe(2)
  server.fault(null)
  device.close()
})

async function savedWithPhoto(device: Phone['device'], byte: number) {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge(), consentPhoto: true } })
  const added = await device.addPhoto(draft.id, onePixelPhoto(byte))
  const saved = await device.saveDraft(draft.id)
  if (!added.ok || !saved.ok) throw new Error('not saved')
  return { entry: saved.value, sha256: added.value }
}

import { Dexie } from 'dexie'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import type { Device } from '#device/device.ts'
import { aChallenge } from '../support/contents.ts'
import { plantConnectionLoss } from '../support/lost-connection.ts'
import { joinedPhone, newDatabaseName, until } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { openDevice } from '#device/open-device.ts'

afterEach(() => vi.restoreAllMocks())
// Dexie says on the console what it does about a lost connection.
const quiet = (): void => void vi.spyOn(console, 'warn').mockImplementation(() => undefined)

const moments = ['before', 'closing', 'midway', 'committed'] as const

describe('a connection that the system ends', () => {
  for (const moment of moments) {
    it(`[DS20] a save whose connection is lost (${moment}) is made once`, async () => {
      quiet()
      const loss = plantConnectionLoss()
      const { device, server } = await joinedPhone()
      const draft = await filledDraft(device)
      loss.loseNext(moment)
      expect(await device.saveDraft(draft)).toEqual({ ok: true, value: draft })
      loss.loseNext(moment)
      expect(await device.comment(draft, 'And the well is dry.', 'en')).toMatchObject({ ok: true })
      await device.flush()
      expect(server.stored().map(({ change }) => [change.deviceSeq, change.type])).toEqual([[1, 'record'], [2, 'comment']])
      device.close()
    })
  }

  it('[DS20] after the close event everything goes on: reading, drafts, saving, watching', async () => {
    quiet()
    const loss = plantConnectionLoss()
    const { device } = await joinedPhone()
    const draft = await filledDraft(device)
    loss.closeNow()
    expect(await device.readDraft(draft)).toMatchObject({ id: draft })
    loss.closeNow()
    expect(await device.writeDraft(draft, { step: 'place' })).toMatchObject({ ok: true })
    loss.closeNow()
    expect(await device.saveDraft(draft)).toEqual({ ok: true, value: draft })
    await until(device.entries, (entries) => entries.length === 1)
    device.close()
  })

  it('[DS20] when the new connection is lost as well the save says so, and the draft is as it was', async () => {
    quiet()
    const loss = plantConnectionLoss()
    const { device } = await joinedPhone()
    const draft = await filledDraft(device)
    loss.loseNext('before', 2)
    expect(await device.saveDraft(draft)).toMatchObject({ ok: false, problem: { kind: 'storage-failed' } })
    expect(await device.readDraft(draft)).toMatchObject({ id: draft })
    expect(await device.saveDraft(draft)).toEqual({ ok: true, value: draft })
    device.close()
  })
})

describe('another version of the store', () => {
  it('[DS22] a window with older code does not hold up the upgrade, keeps what is written, and asks to be opened again', async () => {
    quiet()
    const { device, ground } = await joinedPhone()
    const draft = await filledDraft(device)
    const newer = await openedNewer(ground.databaseName)
    expect(await until(device.notice, (notice) => notice !== null)).toEqual({ kind: 'outdated' })
    expect(await device.writeDraft(draft, { step: 'late' })).toMatchObject({ ok: true })
    expect(await device.saveDraft(draft)).toEqual({ ok: true, value: draft })
    expect(await newer.table('changes').count()).toBe(1)
    newer.close()
    device.close()
  })

  it('[DS22] it leaves the sending to the newer window', async () => {
    quiet()
    const { device, ground, server } = await joinedPhone()
    const newer = await openedNewer(ground.databaseName)
    await until(device.notice, (notice) => notice !== null)
    const before = server.syncs().length
    await device.saveDraft(await filledDraft(device))
    await device.flush()
    expect(server.syncs().length).toBe(before)
    newer.close()
    device.close()
  })

  it('[DS22] a rolled-back app opens the newer store and writes into it, without asking for anything', async () => {
    quiet()
    const { device, ground, server } = await joinedPhone()
    device.close()
    const newer = await openedNewer(ground.databaseName)
    newer.close()
    const rolledBack = await openDevice(testGround({ databaseName: ground.databaseName, fetch: server.fetch, seed: 'rolled back' }))
    expect(await rolledBack.saveDraft(await filledDraft(rolledBack))).toMatchObject({ ok: true })
    expect(await until(rolledBack.notice, (notice) => notice !== undefined)).toBeNull()
    rolledBack.close()
  })

  it('[DS23] a start that an older window holds up says so, and goes on when that one is closed', async () => {
    quiet()
    const name = newDatabaseName()
    const old = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name, 5)
      request.onsuccess = () => resolve(request.result)
    })
    const said: string[] = []
    const opening = openDevice(testGround({ databaseName: name, fetch: createFakeServer().fetch }), () => said.push('blocked'))
    await expect.poll(() => said).toEqual(['blocked'])
    old.close()
    const device = await opening
    expect(await device.createDraft('challenge')).toMatchObject({ kind: 'challenge' })
    device.close()
  })
})

/** What a later version does: one more table. */
async function openedNewer(name: string): Promise<Dexie> {
  const current = await new Dexie(name).open()
  const stores = Object.fromEntries(current.tables.map(({ name: table, schema }) => [table, [schema.primKey.src, ...schema.indexes.map(({ src }) => src)].join(',')]))
  current.close()
  const newer = new Dexie(name)
  newer.version(2).stores({ ...stores, later: 'id' })
  return newer.open()
}

async function filledDraft(device: Device): Promise<EntryId> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge() } })
  return draft.id
}

import { afterEach, describe, expect, it, vi } from 'vitest'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import type { StoreNotice } from '#device/device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, onePixelPhoto, reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { createLocks } from '../support/test-ground.ts'
import { plantQuota } from '../support/planted-quota.ts'

afterEach(() => vi.restoreAllMocks())

describe('a start that finds damage', () => {
  it('[DS24] a photo that lost bytes is told, neither shown nor sent, and the words travel', async () => {
    const { phone, entry, photo } = await phoneWithPhoto()
    await behind(phone, (db) => db.fileChunks.delete([entry, photo, 1]).then(() => undefined))
    const again = await startedAgain(phone)
    expect(await noticeOf(again)).toEqual({ kind: 'damaged', entries: 1, changes: 0 })
    expect(await again.device.readFile(photo)).toBeNull()
    again.ground.setOnline(true)
    await again.device.flush()
    expect(again.server.stored().map(({ change }) => change.entryId)).toEqual([entry])
    expect(again.ground.uploads.map(({ sha256 }) => sha256)).not.toContain(photo)
    await behind(phone, async (db) => expect(await db.files.get([entry, photo])).toMatchObject({ torn: true }))
    again.device.close()
  })

  it('[DS24] a file whose row is gone is told as long as the server has not heard of it', async () => {
    const { phone, entry, photo } = await phoneWithPhoto()
    await behind(phone, (db) => db.files.delete([entry, photo]))
    const again = await startedAgain(phone)
    expect(await noticeOf(again)).toEqual({ kind: 'damaged', entries: 1, changes: 0 })
    again.device.close()
  })

  it('[DS24] a change that is gone is told, and everything behind it still arrives', async () => {
    const phone = await joinedPhone({ isOnline: true })
    phone.ground.setOnline(false)
    const ids = [await savedChallenge(phone.device), await savedChallenge(phone.device), await savedChallenge(phone.device)]
    phone.device.close()
    await behind(phone, async (db) => {
      await db.changes.where('ownSeq').equals(2).delete()
    })
    const again = await startedAgain(phone)
    // The row that was made from it holds the only words there are: it stays, and counts as an entry that is not whole.
    expect(await noticeOf(again)).toEqual({ kind: 'damaged', entries: 1, changes: 1 })
    expect((await until(again.device.entries, (entries) => entries.length === 3)).map(({ state }) => state.id).sort()).toEqual([...ids].sort())
    again.device.close()
  })

  it('[DS24] a change that cannot be read holds up neither the start nor the others', async () => {
    const phone = await joinedPhone()
    phone.ground.setOnline(false)
    const broken = await savedChallenge(phone.device)
    phone.device.close()
    await behind(phone, async (db) => {
      await db.changes.where('entryId').equals(broken).modify((row) => {
        Object.assign(row.change ?? {}, { body: null })
      })
      await db.entries.clear()
    })
    const again = await startedAgain(phone)
    expect(await noticeOf(again)).toEqual({ kind: 'damaged', entries: 1, changes: 0 })
    const id = await savedChallenge(again.device)
    await until(again.device.entries, (entries) => entries.some(({ state }) => state.id === id))
    await behind(phone, async (db) => expect(await db.changes.count()).toBe(2))
    again.device.close()
  })

  it('[DS24] a word that is whole again is no longer told of', async () => {
    const { phone, entry, photo } = await phoneWithPhoto()
    await behind(phone, async (db) => {
      const row = await db.entries.get(entry)
      if (row !== undefined) await db.entries.put({ ...row, id: 'gone' as EntryId })
    })
    const again = await startedAgain(phone)
    expect(await noticeOf(again)).toMatchObject({ entries: 1 })
    again.device.close()
    await behind(phone, (db) => db.entries.delete('gone' as EntryId))
    const whole = await startedAgain(phone)
    expect(await noticeOf(whole)).toBeNull()
    expect(await whole.device.readFile(photo)).not.toBeNull()
    whole.device.close()
  })
})

describe('a start that tidies up', () => {
  it('[DS27] bytes that nothing leads to go; those of drafts and entries stay', async () => {
    const { phone, entry, photo } = await phoneWithPhoto()
    const other = await reopened(phone, { isOnline: false })
    const draft = await other.device.createDraft('challenge')
    const drafted = await other.device.addPhoto(draft.id, onePixelPhoto(7))
    if (!drafted.ok) throw new Error('no photo')
    other.device.close()
    const nobody = 'nobody' as EntryId
    await behind(phone, async (db) => {
      await db.fileChunks.put({ sv: 1, entryId: nobody, sha256: photo, n: 0, data: new ArrayBuffer(9) })
      const file = await db.files.get([draft.id, drafted.value])
      if (file !== undefined) await db.files.put({ ...file, entryId: 'discarded' as EntryId })
      // A photo that its entry names, under a row that says it is only a draft's.
      await db.files.update([entry, photo], { saved: false })
    })
    const again = await startedAgain(phone)
    await behind(phone, async (db) => {
      expect((await db.files.toArray()).map(({ entryId, saved }) => [entryId, saved])).toEqual(expect.arrayContaining([[entry, true], [entry, true], [draft.id, false], [draft.id, false]]))
      expect(new Set((await db.fileChunks.toCollection().primaryKeys()).map(([id]) => id))).toEqual(new Set([entry, draft.id]))
    })
    expect(await noticeOf(again)).toBeNull()
    expect(await again.device.readFile(photo)).not.toBeNull()
    again.device.close()
  })

  it('[DS27] a store in which all is well is not written to', async () => {
    const { phone } = await phoneWithPhoto()
    const [put, remove] = [vi.spyOn(IDBObjectStore.prototype, 'put'), vi.spyOn(IDBObjectStore.prototype, 'delete')]
    const again = await startedAgain(phone)
    expect([put.mock.calls, remove.mock.calls]).toEqual([[], []])
    again.device.close()
  })

  it('[DS27] without any room it opens all the same, shows what there is and sends it', async () => {
    const quota = plantQuota('request')
    const phone = await joinedPhone({ storage: quota.storage })
    phone.ground.setOnline(false)
    const id = await savedChallenge(phone.device)
    phone.device.close()
    await behind(phone, (db) => db.meta.delete('reserve'))
    quota.leave(-10)
    const again = await startedAgain(phone, { appVersion: '0.0.9', storage: quota.storage })
    expect((await until(again.device.entries, (entries) => entries.length === 1))[0]?.state.id).toBe(id)
    expect((await again.device.exportUnsent()).entries).toBe(1)
    again.ground.setOnline(true)
    await again.device.flush()
    expect(again.server.stored().map(({ change }) => change.entryId)).toEqual([id])
    again.device.close()
  })
})

async function phoneWithPhoto(): Promise<{ readonly phone: Phone; readonly entry: EntryId; readonly photo: Sha256 }> {
  const phone = await joinedPhone()
  phone.ground.setOnline(false)
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: { ...aChallenge(), consentPhoto: true } })
  const photo = await phone.device.addPhoto(id, onePixelPhoto())
  const saved = await phone.device.saveDraft(id)
  if (!photo.ok || !saved.ok) throw new Error('not saved')
  phone.device.close()
  return { phone, entry: id, photo: photo.value }
}

/** Without a network, so that nothing but the start has happened. */
async function startedAgain(phone: Phone, parts: Parameters<typeof reopened>[1] = {}): Promise<Phone> {
  return reopened(phone, { isOnline: false, locks: createLocks(), ...parts })
}

async function noticeOf({ device }: Phone): Promise<StoreNotice | null> {
  return until(device.notice, () => true)
}

/** What a failing disk, or a hand, does to the store while nobody looks. */
async function behind({ ground }: Phone, act: (db: DeviceDatabase) => Promise<void>): Promise<void> {
  const db = new DeviceDatabase(ground.databaseName)
  await act(db)
  db.shut()
}

import { afterEach, describe, expect, it, vi } from 'vitest'
import type { EntryId, Ref } from '#domain/ids.ts'
import { createEntryId } from '#domain/new-ids.ts'
import type { Device } from '#device/device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import type { PublicKey } from '#protocol/membership.ts'
import { aChallenge } from '../support/contents.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { joinedPhone, onePixelPhoto, reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { plantQuota } from '../support/planted-quota.ts'
import { seededChance } from '../support/seeded.ts'
import { bytesOf } from '../support/unsent.ts'
import type { PlantedQuota, QuotaShape } from '../support/planted-quota.ts'

afterEach(() => vi.restoreAllMocks())

const shapes: readonly QuotaShape[] = ['request', 'abort', 'commit']
const plenty = 1_000_000
const words = 'The pump has been broken since Monday, and the school is closed. '.repeat(8).trim()

describe.each(shapes)('a storage that is full, said by the %s', (shape) => {
  it('[DS18] words are saved in the room that was kept for them, and the phone says that it is full', async () => {
    const { phone: { device }, quota } = await phoneWithReserve(shape)
    const draft = await filledDraft(device)
    quota.leave(100)
    expect(await device.saveDraft(draft)).toEqual({ ok: true, value: draft })
    expect(await device.comment(draft, 'And the well is dry.', 'en')).toMatchObject({ ok: true })
    await until(device.sync, ({ attention }) => attention === 'storage-full')
    expect((await until(device.entries, (entries) => entries.length === 1))[0]?.state.id).toBe(draft)
  })

  it('[DS18] the room is made again when there is space, and the phone is full no longer', async () => {
    const { phone, quota } = await phoneWithReserve(shape)
    const { device } = phone
    const draft = await filledDraft(device)
    quota.leave(100)
    await device.saveDraft(draft)
    await device.flush()
    expect(await hasReserve(phone)).toBe(false)
    quota.leave(plenty)
    await device.flush()
    await until(device.sync, ({ attention }) => attention === null)
    expect(await hasReserve(phone)).toBe(true)
  })

  it('[DS7] when that room is used up as well the save says so, and the draft is as it was', async () => {
    const { phone, quota } = await phoneWithReserve(shape)
    const { device } = phone
    const draft = await filledDraft(device)
    quota.leave(10)
    expect(await device.writeDraft(draft, { fields: { description: words } })).toMatchObject({ ok: true })
    expect(await hasReserve(phone)).toBe(false)
    quota.leave(-1)
    expect(await device.saveDraft(draft)).toEqual({ ok: false, problem: { kind: 'storage-full' } })
    expect((await device.readDraft(draft))?.content).toMatchObject({ description: words })
  })

  it('[DS19] a photo that does not fit says so, takes nothing, and the words are saved', async () => {
    const { phone, quota } = await phoneWithReserve(shape)
    const { device } = phone
    const draft = await filledDraft(device)
    quota.leave(300_000)
    expect(await device.addPhoto(draft, onePixelPhoto())).toEqual({ ok: false, problem: { kind: 'photo-full' } })
    expect((await device.readDraft(draft))?.content.photos).toBeUndefined()
    expect(await hasReserve(phone)).toBe(true)
    expect(await device.saveDraft(draft)).toEqual({ ok: true, value: draft })
  })

  it('[SY860] answers are kept in that room too: the photos that wait go, and what waited is known to have arrived', async () => {
    const { phone: { device, ground }, quota } = await phoneWithReserve(shape)
    ground.setOnline(false)
    const entry = await challengeWithPhoto(device)
    quota.leave(0)
    ground.setOnline(true, false)
    await device.flush()
    expect(ground.uploads.map(({ entryId }) => entryId)).toEqual([entry, entry])
    expect(await until(device.sync, ({ phase, pendingChanges, pendingFiles }) => phase === 'idle' && pendingChanges + pendingFiles === 0)).toMatchObject({ problem: null, attention: 'storage-full' })
    expect((await until(device.entries, ([first]) => first?.travel === 'received'))[0]?.state.id).toBe(entry)
  })

  it('[SY860] a phone that was signed out while it is full hears of it at its next start, and what others wrote goes', async () => {
    const { phone, quota } = await phoneWithReserve(shape)
    const { device, server } = phone
    const theirs = createEntryId({ now: () => 1_772_352_000_000 }, seededChance('theirs'))
    server.addItem((seq) => ({ seq, digest: { entryId: theirs, ref: 'C-000009' as Ref, topic: 'EDU', adm1: null, observedOn: '2026-02-20', text: 'What others wrote.', kind: 'challenge', country: 'HTI', severity: 2 } as never }))
    await device.flush()
    await until(device.digests, ({ length }) => length === 1)
    device.close()
    quota.leave(0)
    server.revoke()
    const { device: again } = await reopened(phone, { storage: quota.storage })
    await again.flush()
    expect(await until(again.sync, ({ attention }) => attention !== null)).toMatchObject({ attention: 'join-again', problem: { code: 'device-revoked' } })
    expect(await until(again.digests, () => true)).toEqual([])
  })

  it('[SY861] where not even that holds an answer photos go all the same, and the phone says that it is full', async () => {
    const { phone: { device, ground, server }, quota } = await phoneWithReserve(shape)
    ground.setOnline(false)
    const entry = await challengeWithPhoto(device)
    quota.leave(-30_000)
    ground.setOnline(true, false)
    await device.flush()
    expect(ground.uploads.map(({ entryId }) => entryId)).toEqual([entry, entry])
    expect(await until(device.sync, ({ problem }) => problem !== null)).toMatchObject({ pendingChanges: 1, problem: { code: 'storage-full' }, attention: 'storage-full' })
    quota.leave(plenty)
    await device.flush()
    expect(await until(device.sync, ({ phase, pendingChanges, pendingFiles }) => phase === 'idle' && pendingChanges + pendingFiles === 0)).toMatchObject({ problem: null })
    expect(server.stored().filter(({ change }) => change.type === 'record')).toHaveLength(1)
  })

  it('[SY862] the file of all that waits is made where nothing more can be written', async () => {
    const encryptionKey = await campaignKey()
    const { phone: { device, ground }, quota } = await phoneWithReserve(shape, createFakeServer({ encryptionKey }))
    ground.setOnline(false)
    await challengeWithPhoto(device)
    quota.leave(-30_000)
    const file = await device.exportUnsent()
    expect(file).toMatchObject({ isSealed: true, entries: 1, photos: 1 })
    expect((await bytesOf(file)).length).toBeGreaterThan(900)
  })

  it('[DS48] a voice note that grows beyond the room says so; what was kept of it before and the words are saved', async () => {
    const { phone: { device }, quota } = await phoneWithReserve(shape)
    const draft = await filledDraft(device)
    const voice = (seconds: number) => ({ bytes: new ArrayBuffer(seconds * 4000), type: 'audio/webm', seconds }) as const
    const kept = await device.keepVoice(draft, voice(2))
    quota.leave(10_000)
    expect(await device.keepVoice(draft, voice(60))).toEqual({ ok: false, problem: { kind: 'photo-full' } })
    expect((await device.readDraft(draft))?.content.audio).toMatchObject({ seconds: 2 })
    expect(kept.ok && (await device.readFile(kept.value))?.bytes.byteLength).toBe(8000)
    expect(await device.saveDraft(draft)).toEqual({ ok: true, value: draft })
  })

  it('[DS19] no photo goes into the room that was given up for words', async () => {
    const { phone: { device }, quota } = await phoneWithReserve(shape)
    quota.leave(100)
    const draft = await filledDraft(device)
    const small = { ...onePixelPhoto(), bytes: new ArrayBuffer(900) }
    expect(await device.addPhoto(draft, small)).toEqual({ ok: false, problem: { kind: 'photo-full' } })
    quota.leave(plenty)
    expect(await device.addPhoto(draft, small)).toMatchObject({ ok: true })
  })
})

describe('the room for words', () => {
  it('[DS18] where there never was room for it nothing is pretended, and nothing fails', async () => {
    const quota = plantQuota('request')
    quota.leave(30_000)
    const phone = await joinedPhone({ storage: quota.storage })
    await savedChallenge(phone.device)
    await phone.device.flush()
    expect(await hasReserve(phone)).toBe(false)
    expect((await until(phone.device.sync, () => true)).attention).toBeNull()
    phone.device.close()
  })
})

async function campaignKey(): Promise<PublicKey> {
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey)
  return { kty: 'EC', crv: 'P-256', x, y }
}

async function phoneWithReserve(shape: QuotaShape, server = createFakeServer()): Promise<{ readonly phone: Phone; readonly quota: PlantedQuota }> {
  const quota = plantQuota(shape)
  const phone = await joinedPhone({ storage: quota.storage, server })
  await expect.poll(() => hasReserve(phone)).toBe(true)
  return { phone, quota }
}

async function hasReserve({ ground }: Phone): Promise<boolean> {
  const db = new DeviceDatabase(ground.databaseName)
  const count = await db.meta.where('key').equals('reserve').count()
  db.shut()
  return count > 0
}

async function challengeWithPhoto(device: Device): Promise<EntryId> {
  const draft = await filledDraft(device)
  await device.writeDraft(draft, { fields: { consentPhoto: true } })
  await device.addPhoto(draft, { ...onePixelPhoto(), bytes: new ArrayBuffer(900) })
  const saved = await device.saveDraft(draft)
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem))
  return saved.value
}

async function filledDraft(device: Device): Promise<EntryId> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge() } })
  return draft.id
}

import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { mayVanish } from '#device/storage-health.ts'
import { joinedPhone, reopened, savedChallenge, until } from '../support/phone.ts'
import { createLocks } from '../support/test-ground.ts'

describe('storage that may go', () => {
  const [small, large] = [120_000_000, 6_000_000_000]

  it('[DS25] a private window is thought of only without a promise and with little room', () => {
    const health = { usedBytes: 1000, persisted: false }
    expect(mayVanish({ ...health, quotaBytes: small })).toBe(true)
    expect(mayVanish({ ...health, quotaBytes: large })).toBe(false)
    expect(mayVanish({ ...health, persisted: true, quotaBytes: small })).toBe(false)
  })

  it('[DS25] what the browser does not say is not guessed', () => {
    expect(mayVanish({ usedBytes: null, quotaBytes: null, persisted: false })).toBe(false)
    expect(mayVanish({ usedBytes: 1000, quotaBytes: small, persisted: null })).toBe(false)
  })
})

describe('storage that is gone', () => {
  it('[DS26] the phone knows nobody, joins again as another device and claims nothing of the former', async () => {
    const phone = await joinedPhone()
    const before = await savedChallenge(phone.device)
    await phone.device.flush()
    const former = await until(phone.device.membership, (membership) => membership !== null)
    phone.device.close()
    await Dexie.delete(phone.ground.databaseName)
    const { device, server } = await reopened(phone, { locks: createLocks() })
    expect(await until(device.membership, () => true)).toBeNull()
    expect(await until(device.entries, () => true)).toEqual([])
    expect(await until(device.sync, () => true)).toMatchObject({ pendingChanges: 0, lastContactAt: null })
    expect(await device.join({ invite: 'i'.repeat(22), name: 'Amal', language: 'en' })).toMatchObject({ ok: true })
    const now = await until(device.membership, (membership) => membership !== null)
    expect(now?.deviceId).not.toBe(former?.deviceId)
    const after = await savedChallenge(device)
    await device.flush()
    expect(server.stored().map(({ change, deviceId }) => [change.entryId, change.deviceSeq, deviceId])).toEqual([[before, 1, former?.deviceId], [after, 1, now?.deviceId]])
    expect(server.stored().filter(({ quarantined }) => quarantined !== undefined)).toEqual([])
    device.close()
  })

  it('[DS26] taken away while a window is open, the next save says that it did not happen', async () => {
    const phone = await joinedPhone()
    const draft = await phone.device.createDraft('challenge')
    await Dexie.delete(phone.ground.databaseName)
    expect(await phone.device.writeDraft(draft.id, { step: 'place' })).toEqual({ ok: false, problem: { kind: 'storage-failed', name: 'no-draft' } })
    expect(await phone.device.saveDraft(draft.id)).toMatchObject({ ok: false, problem: { kind: 'storage-failed' } })
    phone.device.close()
  })

  it('[DS982] that it is gone is known a moment after the browser ended the connection, without a write', async () => {
    const phone = await joinedPhone()
    await Dexie.delete(phone.ground.databaseName)
    phone.ground.time.advance(1000)
    expect(await until(phone.device.membership, (membership) => membership === null)).toBeNull()
    phone.device.close()
  })
})

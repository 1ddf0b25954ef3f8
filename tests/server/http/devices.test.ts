import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeviceId } from '#domain/ids.ts'
import { createDeviceId } from '#domain/new-ids.ts'
import { rotateText } from '#protocol/membership.ts'
import { createServerKeyPair, signText } from '#server/auth/keys.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { seededChance, startTestServer, steppedClock } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'

describe.each(databases)('rotation of a device, on %s', (database) => {
  let server: TestServer
  beforeAll(async () => void (server = await startTestServer({ database })))
  afterAll(() => server.close())

  const [clock, chance] = [steppedClock(), seededChance('rotation')]
  const fresh = () => ({ id: createDeviceId(clock, chance), ...createServerKeyPair() })
  type Fresh = ReturnType<typeof fresh>
  const rotate = (by: Pick<ScriptDevice, 'headers' | 'deviceId'>, { id, publicKey, privateKey }: Fresh, signedId: DeviceId = id) => server.app.inject({
    method: 'POST', url: '/api/v1/devices/rotate', headers: by.headers, payload: { device: { id, publicKey, label: 'New' }, sig: signText(privateKey, rotateText(signedId)), tokenFor: 'script' },
  })

  it('[SE40] a member takes a new id and key, gets its session and credential, and the old device stays', async () => {
    const device = await server.join('volunteer')
    const made = fresh()
    const response = await rotate(device, made)
    expect(response.statusCode).toBe(201)
    const joined = response.json<{ member: { id: string }; credential: string; session: { token: string } }>()
    expect(joined.member.id).toBe(device.joined.member.id)
    const me = await server.send('/api/v1/me', { method: 'GET', headers: { authorization: `Bearer ${joined.session.token}` } })
    expect(JSON.parse(me.text)).toMatchObject({ deviceId: made.id, member: { id: device.joined.member.id } })
    expect((await server.context.store.members.device(device.deviceId))?.revokedAt).toBeNull()
  })

  it('[SE40] asked for again it is the same device, from the old session and from the new', async () => {
    const device = await server.join('volunteer')
    const made = fresh()
    await rotate(device, made)
    const again = await rotate(device, made)
    expect(again.statusCode).toBe(200)
    const devices = await server.context.store.members.devices(server.campaign.id)
    expect(devices.filter(({ memberId }) => memberId === device.joined.member.id)).toHaveLength(2)
  })

  it('[SE40] a name of somebody else, another key under it, a wrong proof and a revoked device are refused', async () => {
    const [device, other] = [await server.join('volunteer'), await server.join('volunteer')]
    const taken = fresh()
    await rotate(other, taken)
    expect((await rotate(device, taken)).json()).toMatchObject({ code: 'device-key-differs', status: 409 })
    expect((await rotate(other, { ...fresh(), id: taken.id })).json()).toMatchObject({ code: 'device-key-differs' })
    expect((await rotate(device, fresh(), device.deviceId)).json()).toMatchObject({ code: 'bad-signature', status: 401 })
    await server.context.store.members.revokeDevice(server.campaign.id, device.deviceId, '2026-03-01T08:00:00Z' as never)
    expect((await rotate(device, fresh())).json()).toMatchObject({ code: 'no-session' })
  })

  it('[ST30] who revokes a lost phone ends everything that was made out of its session, and nothing else', async () => {
    const [device, other] = [await server.join('volunteer'), await server.join('volunteer')]
    const [second, third] = [fresh(), fresh()]
    const token = (await rotate(device, second)).json<{ session: { token: string } }>().session.token
    const successor = { ...device, headers: { ...device.headers, authorization: `Bearer ${token}` } }
    expect((await rotate(successor, third)).statusCode).toBe(201)
    const { members } = server.context.store
    expect((await members.device(third.id))?.rotatedFrom).toBe(second.id)
    await members.revokeDevice(server.campaign.id, device.deviceId, '2026-03-01T08:00:00Z' as never)
    for (const id of [device.deviceId, second.id, third.id]) expect((await members.device(id))?.revokedAt).toBe('2026-03-01T08:00:00Z')
    expect((await rotate(successor, fresh())).json()).toMatchObject({ code: 'no-session' })
    expect((await members.device(other.deviceId))?.revokedAt).toBeNull()
  })

  it('[SE41] a push in the name of another device is told to renew its session, and nothing of it is kept', async () => {
    const device = await server.join('volunteer')
    const request = await device.requestFor([device.change('record', { content: aChallenge() })])
    const before = await server.context.store.changes.headSeq(server.campaign.id)
    const payload = { ...request, deviceId: fresh().id }
    const response = await server.app.inject({ method: 'POST', url: '/api/v1/sync', headers: device.headers, payload })
    expect(response.json()).toMatchObject({ code: 'no-session', status: 401 })
    expect(await server.context.store.changes.headSeq(server.campaign.id)).toBe(before)
  })
})

describe.each(databases)('another device of the same member, on %s', (database) => {
  let server: TestServer
  beforeAll(async () => void (server = await startTestServer({ database })))
  afterAll(() => server.close())

  const [clock, chance] = [steppedClock(), seededChance('moving')]
  const askToMove = (by: Pick<ScriptDevice, 'headers'>) => server.app.inject({ method: 'POST', url: '/api/v1/devices/move', headers: by.headers, payload: {} })
  const secretFor = async (by: Pick<ScriptDevice, 'headers'>) => (await askToMove(by)).json<{ invite: string }>().invite
  const joinWith = (invite: string, device = { id: createDeviceId(clock, chance), publicKey: createServerKeyPair().publicKey, label: 'App' }) => server.app.inject({
    method: 'POST', url: '/api/v1/join', payload: { invite, name: 'Somebody else', language: 'fr', device, tokenFor: 'script' },
  })

  it('[SE95] the invite of a device makes one more device of its member, under the same name and role, once', async () => {
    const device = await server.join('volunteer')
    const invite = await secretFor(device)
    const joined = await joinWith(invite)
    expect(joined.statusCode).toBe(201)
    expect(joined.json()).toMatchObject({ member: device.joined.member })
    expect((await joinWith(invite)).json()).toMatchObject({ code: 'invite-invalid' })
    const members = await server.context.store.members.list(server.campaign.id)
    expect(members.filter(({ name }) => name === 'Somebody else')).toEqual([])
  })

  it('[SE95] a lost answer is asked for again; coordinators do not see such invites', async () => {
    const [device, coordinator] = [await server.join('volunteer'), await server.join('coordinator')]
    const made = { id: createDeviceId(clock, chance), publicKey: createServerKeyPair().publicKey, label: 'App' }
    const invite = await secretFor(device)
    expect((await joinWith(invite, made)).statusCode).toBe(201)
    expect((await joinWith(invite, made)).statusCode).toBe(200)
    await askToMove(device)
    const listed = await server.app.inject({ method: 'GET', url: '/api/v1/invites', headers: coordinator.headers })
    expect(listed.json()).toEqual({ invites: [] })
  })

  it('[SE95] who loses the phone loses both: an invite of a revoked device is no good, and what was made by it is revoked with it', async () => {
    const device = await server.join('volunteer')
    const [used, unused] = [await secretFor(device), await secretFor(device)]
    const id = createDeviceId(clock, chance)
    await joinWith(used, { id, publicKey: createServerKeyPair().publicKey, label: 'App' })
    await server.context.store.members.revokeDevice(server.campaign.id, device.deviceId, '2026-03-01T08:00:00Z' as never)
    expect((await server.context.store.members.device(id))?.revokedAt).not.toBeNull()
    expect((await joinWith(unused)).json()).toMatchObject({ code: 'invite-invalid' })
    expect((await askToMove(device)).json()).toMatchObject({ code: 'no-session' })
  })
})

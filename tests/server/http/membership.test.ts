import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionText } from '#protocol/membership.ts'
import { createInvite } from '#server/auth/invites.ts'
import { signText } from '#server/auth/keys.ts'
import { ScriptDevice } from '../../../demo/script-device.ts'
import { databases } from '../../support/databases.ts'
import { seededChance, startTestServer, steppedClock } from '../../support/test-server.ts'
import type { SteppedClock, TestServer } from '../../support/test-server.ts'

const hourMs = 3_600_000

describe.each(databases)('joining and sessions, on %s', (database) => {
  let server: TestServer
  beforeAll(async () => void (server = await startTestServer({ database })))
  afterAll(() => server.close())

  const invite = (uses: number) => createInvite(server.context, { campaignId: server.campaign.id, role: 'volunteer', uses, days: 1, note: null, createdBy: null })
  const joinAgain = (device: ScriptDevice, secret: string, publicKey: unknown = device.publicKey) =>
    server.app.inject({ method: 'POST', url: '/api/v1/join', headers: { 'x-terrain': '1' }, payload: { invite: secret, name: 'Awa', language: 'fr', device: { id: device.deviceId, publicKey, label: '' } } })

  it('[SE24] the same device and key joins again as the same member, uses nothing up and gets no session; another key is refused', async () => {
    const { url } = await invite(1)
    const device = await ScriptDevice.join({ send: server.send, clock: steppedClock(), chance: seededChance('join') }, url, { name: 'Awa', language: 'fr' })
    const secret = url.split('#')[1] ?? ''
    const again = await joinAgain(device, secret)
    expect([again.statusCode, again.json<{ member: { id: string } }>().member.id]).toEqual([200, device.joined.member.id])
    expect([again.cookies, again.json<object>()]).toEqual([[], expect.not.objectContaining({ session: expect.anything() })])
    const other = await server.join('volunteer')
    expect((await joinAgain(device, secret, other.publicKey)).json()).toMatchObject({ code: 'device-key-differs', status: 409 })
  })

  it('[SE25] an invite that is used up, wrong or expired gets one and the same answer', async () => {
    const { url } = await invite(1)
    await ScriptDevice.join({ send: server.send, clock: steppedClock(), chance: seededChance('first') }, url, { name: 'Awa', language: 'fr' })
    const fresh = { deviceId: '0190a0b0-0000-7000-8000-0000000000aa', publicKey: (await server.join('volunteer')).publicKey }
    const usedUp = await joinAgain(fresh as ScriptDevice, url.split('#')[1] ?? '')
    const wrong = await joinAgain(fresh as ScriptDevice, 'x'.repeat(22))
    expect(usedUp.json()).toMatchObject({ code: 'invite-invalid', status: 403 })
    expect(wrong.json()).toEqual(usedUp.json())
  })

  it('[SE26] a device gets a new session by its key alone, and the old token is not needed', async () => {
    const device = await server.join('volunteer')
    const session = await renew(server, device, device.privateKey)
    expect(session.status).toBe(200)
    const { session: made } = JSON.parse(session.text) as { session: { token: string } }
    const me = await server.send('/api/v1/me', { method: 'GET', headers: { authorization: `Bearer ${made.token}` } })
    expect(JSON.parse(me.text)).toMatchObject({ member: { id: device.joined.member.id }, abilities: ['record'] })
    const stranger = await server.join('volunteer')
    expect(JSON.parse((await renew(server, device, stranger.privateKey)).text)).toMatchObject({ code: 'bad-signature' })
  })

  it('[SE27] a member whom the database has lost comes back by the credential that the server signed, with the old ids', async () => {
    const lost = await startTestServer({ database })
    const device = await server.join('volunteer', { name: 'Marie' })
    await lost.context.store.campaigns.create({ ...server.campaign }, '2026-03-01T08:00:00Z' as never)
    const session = await renew(lost, device, device.privateKey)
    expect(session.status).toBe(200)
    expect(await lost.context.store.members.get(server.campaign.id, device.joined.member.id)).toMatchObject({ name: 'Marie', role: 'volunteer' })
    await lost.close()
  })

  it('[SE233] a session ends a day after its last use and a week after its beginning; its device gets the next one by its key', async () => {
    const device = await server.join('volunteer')
    const clock = server.context.clock as SteppedClock
    const me = async (token = device.joined.session?.token ?? '') => (await server.send('/api/v1/me', { method: 'GET', headers: { authorization: `Bearer ${token}` } })).status
    for (let use = 0; use < 7; use += 1) {
      clock.advance(23 * hourMs)
      expect(await me()).toBe(200)
    }
    clock.advance(8 * hourMs)
    expect(await me()).toBe(401)
    const { session } = JSON.parse((await renew(server, device, device.privateKey)).text) as { session: { token: string } }
    expect(await me(session.token)).toBe(200)
    clock.advance(25 * hourMs)
    expect([await me(session.token), (await renew(server, device, device.privateKey)).status]).toEqual([401, 200])
  })

  it('[SE28] a revoked device gets no session and its token no longer works', async () => {
    const device = await server.join('volunteer')
    await server.context.store.members.revokeDevice(server.campaign.id, device.deviceId, '2026-03-01T08:00:00Z' as never)
    expect((await server.send('/api/v1/me', { method: 'GET', headers: device.headers })).status).toBe(401)
    expect(JSON.parse((await renew(server, device, device.privateKey)).text)).toMatchObject({ code: 'device-revoked' })
  })

  it('[SE29] the session cookie is HttpOnly, SameSite=Strict and never in a body', async () => {
    const { url } = await invite(1)
    const { publicKey } = await server.join('volunteer')
    const response = await joinAgain({ deviceId: '0190a0b0-0000-7000-8000-0000000000bb', publicKey } as ScriptDevice, url.split('#')[1] ?? '')
    expect(response.statusCode).toBe(201)
    expect(response.cookies[0]).toMatchObject({ name: 'terrain', httpOnly: true, sameSite: 'Strict', path: '/' })
    expect(response.json()).not.toHaveProperty('session')
  })
})

async function renew(server: TestServer, device: ScriptDevice, privateKey: string): Promise<{ readonly status: number; readonly text: string }> {
  const { challenge } = JSON.parse((await server.send('/api/v1/session/challenge', { method: 'GET', headers: {} })).text) as { challenge: string }
  const sig = signText(privateKey, sessionText(challenge, device.deviceId))
  return server.send('/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json', 'x-terrain': '1' }, body: JSON.stringify({ deviceId: device.deviceId, credential: device.joined.credential, challenge, sig, tokenFor: 'script' }) })
}

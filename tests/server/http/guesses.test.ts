import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInvite } from '#server/auth/invites.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const guesses = process.env['TERRAIN_TEST'] === 'deep' ? 10_000 : 500
const invitesAMinute = 60
const sessionsAMinute = 240

describe.each(databasesWhenDeep)('guesses, on %s', (database) => {
  let server: TestServer
  beforeEach(async () => void (server = await startTestServer({ database })))
  afterEach(() => server.close())

  const countOf = (statuses: readonly number[]) => Object.fromEntries([...new Set(statuses)].toSorted((a, b) => a - b).map((status) => [status, statuses.filter((each) => each === status).length]))
  const many = async (send: (n: number) => Promise<number>): Promise<Readonly<Record<string, number>>> => {
    const statuses: number[] = []
    // Some at once, as whoever guesses does.
    for (let n = 0; n < guesses; n += 20) statuses.push(...(await Promise.all(Array.from({ length: 20 }, (_, at) => send(n + at)))))
    return countOf(statuses)
  }
  const join = async (invite: string, remoteAddress: string) => (await server.app.inject({
    method: 'POST', url: '/api/v1/join', remoteAddress, headers: { 'x-terrain': '1' },
    payload: { invite, name: 'A', language: 'en', device: { id: '0190a0b0-0000-7000-8000-0000000000aa', publicKey: server.campaign.publicKey, label: '' } },
  })).statusCode

  it(`[SE242] of ${guesses} guesses at an invite from one place in a minute ${invitesAMinute} are looked at, none is let in, and somebody else still joins`, { timeout: 240_000 }, async () => {
    expect(await many(() => join(randomBytes(16).toString('base64url'), '198.51.100.7'))).toEqual({ 403: invitesAMinute, 429: guesses - invitesAMinute })
    const { url } = await createInvite(server.context, { campaignId: server.campaign.id, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: null })
    // Even the right one is not looked at, so nobody learns from the answer that it was right.
    expect(await join(url.split('#')[1] ?? '', '198.51.100.7')).toBe(429)
    expect(await join(url.split('#')[1] ?? '', '198.51.100.8')).toBe(201)
  })

  it(`[SE242] of ${guesses} looks at guessed invites ${invitesAMinute} are answered, all alike, and none says anything of a campaign`, { timeout: 240_000 }, async () => {
    const bodies = new Set<string>()
    const look = async (invite: string, remoteAddress: string) => {
      const { statusCode, body } = await server.app.inject({ method: 'POST', url: '/api/v1/join/look', remoteAddress, headers: { 'x-terrain': '1' }, payload: { invite } })
      if (statusCode === 403) bodies.add(body)
      return statusCode
    }
    const { url } = await createInvite(server.context, { campaignId: server.campaign.id, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: null })
    const right = url.split('#')[1] ?? ''
    expect(await many(() => look(randomBytes(16).toString('base64url'), '198.51.100.7'))).toEqual({ 403: invitesAMinute, 429: guesses - invitesAMinute })
    expect(await look(right, '198.51.100.7')).toBe(429)
    expect(await look(right, '198.51.100.8')).toBe(200)
    // One that was used up is answered like one that never was.
    expect(await join(right, '198.51.100.8')).toBe(201)
    expect(await look(right, '198.51.100.9')).toBe(403)
    expect(bodies.size).toBe(1)
    expect([...bodies].join()).not.toContain(server.campaign.name)
  })

  it(`[SE242] of ${guesses} guesses at an invite from as many places none is let in`, { timeout: 240_000 }, async () => {
    expect(await many((n) => join(randomBytes(16).toString('base64url'), `10.${n >> 16 & 255}.${n >> 8 & 255}.${n & 255}`))).toEqual({ 403: guesses })
  })

  it(`[SE621] of ${guesses} guesses at an invite from as many addresses of one line with IPv6, ${invitesAMinute} are looked at, and another line still joins`, { timeout: 240_000 }, async () => {
    expect(await many((n) => join(randomBytes(16).toString('base64url'), `2001:db8:0:1:${(n + 1).toString(16)}::${(n % 7).toString(16)}`))).toEqual({ 403: invitesAMinute, 429: guesses - invitesAMinute })
    const { url } = await createInvite(server.context, { campaignId: server.campaign.id, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: null })
    expect(await join(url.split('#')[1] ?? '', '2001:db8::1:2:3:4:5')).toBe(429)
    expect(await join(url.split('#')[1] ?? '', '2001:db8:0:2::1')).toBe(201)
  })

  it(`[SE242] of ${guesses} guesses at the key of a device ${sessionsAMinute} are looked at, and of ${guesses} at a token none is let in`, { timeout: 240_000 }, async () => {
    const awa = await server.join('volunteer')
    const { challenge } = (await server.app.inject({ method: 'GET', url: '/api/v1/session/challenge' })).json<{ challenge: string }>()
    const session = async () => (await server.app.inject({ method: 'POST', url: '/api/v1/session', remoteAddress: '198.51.100.7', headers: { 'x-terrain': '1' }, payload: { deviceId: awa.deviceId, credential: awa.joined.credential, challenge, sig: randomBytes(64).toString('base64url') } })).statusCode
    expect(await many(session)).toEqual({ 401: sessionsAMinute, 429: guesses - sessionsAMinute })
    expect(await many(async () => (await server.app.inject({ method: 'GET', url: '/api/v1/me', headers: { authorization: `Bearer ${randomBytes(32).toString('base64url')}` } })).statusCode)).toEqual({ 401: guesses })
  })
})

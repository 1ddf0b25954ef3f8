import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditResponse } from '#protocol/audit.ts'
import type { EntriesResponse } from '#protocol/desk.ts'
import type { InviteLook, JoinResponse } from '#protocol/membership.ts'
import { sessionText } from '#protocol/membership.ts'
import { createInvite } from '#server/auth/invites.ts'
import { signText } from '#server/auth/keys.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { CookieJar } from '../../support/cookie-jar.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

const founded = { id: '0190a0b0-0000-7000-8000-00000000ca01', invite: 'f'.repeat(22), name: 'Another need', countries: ['HTI'], languages: ['fr'] }

describe.each(databases)('several campaigns in one browser, on %s', (database) => {
  let server: TestServer
  /** Two memberships: a coordinator here, and a coordinator of the other campaign. */
  let here: ScriptDevice
  let there: ScriptDevice
  let browser: CookieJar
  beforeAll(async () => {
    server = await startTestServer({ database })
    ;[here, there] = [await server.join('coordinator'), await server.joinOther('coordinator')]
    await here.push([here.change('record', { content: aChallenge() })])
    browser = new CookieJar()
    await renew(here, here.deviceId)
    await renew(there, there.deviceId)
  })
  afterAll(() => server.close())

  /** As a browser asks: with all its cookies, and in the name of one device, or of none. */
  async function ask(method: Method, path: string, { as, body, jar = browser }: { readonly as?: string; readonly body?: unknown; readonly jar?: CookieJar } = {}) {
    const founder = path === '/campaigns' ? [here, there].find(({ deviceId }) => deviceId === as) : undefined
    const response = await server.app.inject({
      method, url: `/api/v1${path}`, headers: { ...jar.header, ...(founder === undefined ? {} : await founder.proof(method, path, body)), 'x-terrain': as ?? '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    jar.keep(response.headers['set-cookie'])
    return response
  }

  /** A new session by the key; `as` undefined: as a phone of before, which did not say who it is. */
  async function renew(device: ScriptDevice, as?: string, jar = browser): Promise<void> {
    const { challenge } = (await ask('GET', '/session/challenge')).json<{ challenge: string }>()
    const body = { deviceId: device.deviceId, credential: device.joined.credential, challenge, sig: signText(device.privateKey, sessionText(challenge, device.deviceId)) }
    expect((await ask('POST', '/session', { body, jar, ...(as === undefined ? {} : { as }) })).statusCode).toBe(200)
  }

  it('[SE210] each request is answered in the session of the device that it names', async () => {
    expect(browser.names).toEqual([`terrain-${here.deviceId.slice(-12)}`, `terrain-${there.deviceId.slice(-12)}`])
    for (const one of [here, there, here]) {
      const me = (await ask('GET', '/me', { as: one.deviceId })).json<{ member: { id: string }; campaign: { id: string }; deviceId: string }>()
      expect([me.member.id, me.campaign.id, me.deviceId]).toEqual([one.joined.member.id, one.joined.campaign.id, one.deviceId])
    }
    const entriesOf = async (one: ScriptDevice) => (await ask('GET', '/entries', { as: one.deviceId })).json<EntriesResponse>().total
    expect([await entriesOf(here), await entriesOf(there)]).toEqual([1, 0])
  })

  it('[SE210] what cannot carry a header names its device in the address, and only where nothing is written', async () => {
    const me = (await ask('GET', `/me?device=${there.deviceId}`)).json<{ deviceId: string }>()
    expect(me.deviceId).toBe(there.deviceId)
    const invites = async () => (await server.context.store.members.invites(server.campaign.id, '2026-03-01T08:00:00Z' as never)).length
    const before = await invites()
    expect((await ask('POST', `/invites?device=${here.deviceId}`, { body: { role: 'volunteer' } })).statusCode).toBe(401)
    expect(await invites()).toBe(before)
  })

  it('[SE210] the session of another membership answers nothing: not by its cookie, not by the one of before, not by a token', async () => {
    const onlyThere = new CookieJar()
    await renew(there, there.deviceId, onlyThere)
    await renew(there, undefined, onlyThere)
    expect(onlyThere.names).toEqual([`terrain-${there.deviceId.slice(-12)}`, 'terrain'])
    const paths = server.routes.filter((route) => route.startsWith('GET /api/') && !/health|ready|challenge|openapi/.test(route)).map((route) => route.replace('GET /api/v1', '').replace(':sha256', 'a'.repeat(64)).replaceAll(/:\w+/g, '0190a0b0-0000-7000-8000-000000000000'))
    expect(paths.length).toBeGreaterThan(15)
    for (const path of paths) expect([path, (await ask('GET', path, { as: here.deviceId, jar: onlyThere })).json()]).toMatchObject([path, { code: 'no-session' }])
    for (const name of ['', 'nobody', `${here.deviceId}x`, `${there.deviceId}, ${here.deviceId}`]) expect((await ask('GET', '/me', { as: name, jar: onlyThere })).statusCode).toBe(401)
    const byToken = await server.app.inject({ method: 'GET', url: '/api/v1/me', headers: { ...there.headers, 'x-terrain': here.deviceId } })
    expect(byToken.statusCode).toBe(401)
  })

  it('[SE210] a cookie under the name of another device opens nothing', async () => {
    const swapped = new CookieJar()
    await renew(there, there.deviceId, swapped)
    const [, token = ''] = /=(.*)$/.exec(swapped.header.cookie ?? '') ?? []
    expect((await ask('GET', '/me', { as: here.deviceId, jar: new CookieJar({ [`terrain-${here.deviceId.slice(-12)}`]: token }) })).statusCode).toBe(401)
  })

  it('[SE211] a phone of before has the one cookie, and goes on with it once it says who it is', async () => {
    const old = new CookieJar()
    await renew(here, undefined, old)
    expect(old.names).toEqual(['terrain'])
    expect((await ask('GET', '/me', { jar: old })).json()).toMatchObject({ deviceId: here.deviceId })
    expect((await ask('GET', '/me', { as: here.deviceId, jar: old })).json()).toMatchObject({ deviceId: here.deviceId })
    // A second membership does not take its place.
    await renew(there, there.deviceId, old)
    expect(old.names).toEqual(['terrain', `terrain-${there.deviceId.slice(-12)}`])
    expect((await ask('GET', '/me', { as: here.deviceId, jar: old })).json()).toMatchObject({ deviceId: here.deviceId })
    expect((await ask('GET', '/me', { as: there.deviceId, jar: old })).json()).toMatchObject({ deviceId: there.deviceId })
    expect((await ask('GET', '/me', { jar: old })).json()).toMatchObject({ deviceId: here.deviceId })
  })

  it('[SE212] who holds an invite learns which campaign it is for, and one that is not good says nothing of itself', async () => {
    const { url } = await createInvite(server.context, { campaignId: server.campaign.id, role: 'coordinator', uses: 1, days: 1, note: 'for Jean', createdBy: null })
    const invite = url.split('#')[1] ?? ''
    const look = (body: unknown) => ask('POST', '/join/look', { body })
    expect((await look({ invite })).json<InviteLook>()).toEqual({ campaign: { id: server.campaign.id, name: server.campaign.name }, role: 'coordinator' })
    const device = { id: '0190a0b0-0000-7000-8000-0000000000c1', publicKey: here.publicKey, label: '' }
    expect((await ask('POST', '/join', { as: device.id, body: { invite, name: 'Jean', language: 'fr', device } })).statusCode).toBe(201)
    const [usedUp, wrong] = [await look({ invite }), await look({ invite: 'x'.repeat(22), devices: [device.id] })]
    expect(usedUp.json()).toMatchObject({ code: 'invite-invalid', status: 403 })
    expect(wrong.json()).toEqual(usedUp.json())
    expect((await look({ invite, devices: [here.deviceId] })).json()).toEqual(usedUp.json())
    // The answer to the join may have been lost: what it used up itself is still its own.
    expect((await look({ invite, devices: [here.deviceId, device.id] })).json()).toMatchObject({ campaign: { id: server.campaign.id } })
  })

  it('[SE213] a coordinator makes a further campaign, joins it as another member, and nobody else is in it', async () => {
    const made = await ask('POST', '/campaigns', { as: here.deviceId, body: founded })
    expect([made.statusCode, made.json()]).toMatchObject([201, { campaign: { id: founded.id, name: 'Another need', languages: ['fr'] } }])
    expect(made.body).not.toContain('private')
    const device = { id: '0190a0b0-0000-7000-8000-0000000000c2', publicKey: here.publicKey, label: '' }
    const joined = (await ask('POST', '/join', { as: device.id, body: { invite: founded.invite, name: 'Ruth', language: 'fr', device } })).json<JoinResponse>()
    expect(joined).toMatchObject({ member: { role: 'coordinator' }, campaign: { id: founded.id } })
    expect(joined.member.id).not.toBe(here.joined.member.id)
    const people = await server.context.store.members.list(founded.id as never)
    expect(people.map(({ name, role }) => [name, role])).toEqual([['Terrain', 'coordinator'], ['Ruth', 'coordinator']])
    // Each sees its own: the members and entries of one are nothing in the other.
    expect((await ask('GET', '/members', { as: device.id })).json<{ members: { name: string }[] }>().members.map(({ name }) => name)).toEqual(['Ruth'])
    expect((await ask('GET', '/entries', { as: device.id })).json<EntriesResponse>().total).toBe(0)
    expect((await ask('GET', `/campaigns/${founded.id}`, { as: here.deviceId })).statusCode).toBe(404)
    const log = (await ask('GET', '/audit?type=campaign.made', { as: here.deviceId })).json<AuditResponse>()
    expect(log.lines).toMatchObject([{ act: 'campaign.made', by: { id: here.joined.member.id }, subject: 'Another need' }])
  })

  it('[SE213] the same order again makes nothing twice; without its invite an id that is taken tells nothing', async () => {
    const order = { ...founded, id: '0190a0b0-0000-7000-8000-00000000ca02', invite: 'g'.repeat(22) }
    const both = await Promise.all([ask('POST', '/campaigns', { as: here.deviceId, body: order }), ask('POST', '/campaigns', { as: here.deviceId, body: order })])
    expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 201])
    expect((await server.context.store.members.list(order.id as never)).length).toBe(1)
    expect((await server.context.store.members.invites(order.id as never, '2026-03-01T08:00:00Z' as never)).length).toBe(1)
    for (const id of [order.id, server.campaign.id]) expect((await ask('POST', '/campaigns', { as: there.deviceId, body: { ...order, id, invite: 'h'.repeat(22) } })).json()).toMatchObject({ code: 'invalid' })
    const volunteer = await server.join('volunteer')
    expect((await server.app.inject({ method: 'POST', url: '/api/v1/campaigns', headers: { ...volunteer.headers }, payload: JSON.stringify(order) })).statusCode).toBe(403)
    for (const broken of [{ ...order, name: ' ' }, { ...order, languages: [] }, { ...order, countries: ['QQQ'] }, { ...order, id: 'mine' }, { ...order, invite: 'short' }]) expect((await ask('POST', '/campaigns', { as: here.deviceId, body: broken })).statusCode).toBe(400)
  })
})

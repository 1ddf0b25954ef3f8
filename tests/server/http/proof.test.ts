import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDeviceId } from '#domain/new-ids.ts'
import { rotateText } from '#protocol/membership.ts'
import { actText, proofHeader } from '#protocol/proof.ts'
import { createChallenge } from '#server/auth/challenge.ts'
import { readCredential } from '#server/auth/credential.ts'
import { createServerKeyPair, signText } from '#server/auth/keys.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { SteppedClock, TestServer } from '../../support/test-server.ts'
import { ScriptDevice } from '../../../demo/script-device.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
type Headers = Readonly<Record<string, string>>

describe.each(databases)('what needs the key of the device, on %s', (database) => {
  let server: TestServer
  let ruth: ScriptDevice
  let awa: ScriptDevice
  beforeAll(async () => {
    server = await startTestServer({ database })
    ;[ruth, awa] = [await server.join('coordinator', { name: 'Ruth' }), await server.join('volunteer')]
  })
  afterAll(() => server.close())

  const send = (method: Method, path: string, body: unknown, headers: Headers) => server.app.inject({ method, url: `/api/v1${path}`, headers, ...(body === undefined ? {} : { payload: body as object }) })
  const bare = ({ headers }: { readonly headers: Headers }, more: Headers = {}): Headers => ({ authorization: headers['authorization'] ?? '', 'x-terrain': '1', ...more })
  const proved = async (who: ScriptDevice, [method, path, body]: readonly [Method, string, unknown?]) => send(method, path, body, bare(who, await who.proof(method, path, body)))
  const invite = ['POST', '/invites', { role: 'coordinator' }] as const

  it('[SE230] a session alone changes no role, ends no membership and no phone, invites no coordinator, takes no file out, erases and publishes nothing', async () => {
    const [nia, member] = [await server.join('volunteer'), awa.joined.member.id]
    const settings = { revision: 0, set: { endsOn: '2020-01-01', retentionMonths: 1 } }
    const acts: readonly (readonly [Method, string, unknown?])[] = [
      ['PATCH', `/members/${member}`, { role: 'coordinator' }], ['PATCH', `/members/${member}`, { ended: true }], ['DELETE', `/devices/${nia.deviceId}`], invite,
      ['GET', '/export?format=csv&kind=challenge'], ['GET', '/audit/export?format=csv'], ['PATCH', `/campaigns/${server.campaign.id}`, settings], ['POST', '/reports/draft/publish', { settings: 0, parts: [] }],
    ]
    for (const act of acts) expect([act[1], (await send(act[0], act[1], act[2], bare(ruth))).json()]).toEqual([act[1], expect.objectContaining({ code: 'proof-needed', status: 403 })])
    expect(await server.context.store.members.get(server.campaign.id, member)).toMatchObject({ role: 'volunteer', endedAt: null })
    for (const act of acts.slice(2, 6)) expect([act[1], (await proved(ruth, act)).statusCode < 300]).toEqual([act[1], true])
    expect((await send('POST', '/invites', { role: 'volunteer' }, bare(ruth))).statusCode).toBe(201)
  })

  it('[SE231] a proof is for one act, one device and one time, and a moment', async () => {
    const header = await ruth.proof(...invite)
    expect((await send('POST', '/invites', { role: 'coordinator', uses: 1000 }, bare(ruth, header))).json()).toMatchObject({ code: 'proof-needed' })
    expect((await send('DELETE', `/devices/${awa.deviceId}`, undefined, bare(ruth, header))).json()).toMatchObject({ code: 'proof-needed' })
    const [first, second] = [await send(...invite, bare(ruth, header)), await send(...invite, bare(ruth, header))]
    expect([first.statusCode, second.json()]).toEqual([201, expect.objectContaining({ code: 'proof-needed' })])
    const jean = await server.join('coordinator')
    expect((await send(...invite, bare(ruth, await jean.proof(...invite)))).json()).toMatchObject({ code: 'proof-needed' })
    const late = await ruth.proof(...invite)
    ;(server.context.clock as SteppedClock).advance(6 * 60_000)
    expect((await send(...invite, bare(ruth, late))).json()).toMatchObject({ code: 'proof-needed' })
    for (const junk of ['', '.', 'x', 'a.b.c.d', `${createChallenge(server.context).challenge}.${'A'.repeat(86)}`]) expect((await send(...invite, bare(ruth, { [proofHeader]: junk }))).statusCode).toBe(403)
  })

  it('[SE231] of many that bring one proof at once, one is let through', async () => {
    const header = await ruth.proof(...invite)
    const statuses = (await Promise.all(Array.from({ length: 12 }, () => send(...invite, bare(ruth, header))))).map(({ statusCode }) => statusCode)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([201, ...Array.from({ length: 11 }, () => 403)])
  })

  it('[SE232] a device that was made out of a session alone, by rotation or by a move, proves nothing; one that the old key made does', async () => {
    const rotated = async (isVouched: boolean) => {
      const [id, keys] = [createDeviceId(server.context.clock, server.context.chance), createServerKeyPair()]
      const by = isVouched ? { by: signText(ruth.privateKey, rotateText(id)) } : {}
      const made = await send('POST', '/devices/rotate', { device: { id, publicKey: keys.publicKey, label: '' }, sig: signText(keys.privateKey, rotateText(id)), tokenFor: 'script', ...by }, bare(ruth))
      return { id, keys, token: made.json<{ session: { token: string } }>().session.token }
    }
    for (const isVouched of [false, true]) {
      const { id, keys, token } = await rotated(isVouched)
      const { challenge } = createChallenge(server.context)
      const header = `${challenge}.${signText(keys.privateKey, actText(challenge, id, { method: 'POST', path: '/invites', body: invite[2] }))}`
      expect((await send(...invite, bare({ headers: { authorization: `Bearer ${token}` } }, { [proofHeader]: header }))).statusCode).toBe(isVouched ? 201 : 403)
    }
    for (const isVouched of [false, true]) {
      const headers = isVouched ? bare(ruth, await ruth.proof('POST', '/devices/move', {})) : bare(ruth)
      const secret = (await send('POST', '/devices/move', {}, headers)).json<{ invite: string }>().invite
      const moved = await ScriptDevice.join({ send: server.send, clock: server.context.clock, chance: server.context.chance }, secret, { name: 'Ruth', language: 'en' })
      expect((await proved(moved, invite)).statusCode).toBe(isVouched ? 201 : 403)
    }
  })

  it('[SE235] such a device is its member as a volunteer, however that one became a coordinator: it reads what is theirs, decides and erases nothing, and is the same after a restore', async () => {
    const record = awa.change('record', { content: aChallenge() })
    await awa.push([record])
    const secret = (await send('POST', '/devices/move', {}, bare(ruth))).json<{ invite: string }>().invite
    const thief = await ScriptDevice.join({ send: server.send, clock: server.context.clock, chance: server.context.chance }, secret, { name: 'Ruth', language: 'en' })
    expect([thief.joined.member.id, thief.joined.member.role]).toEqual([ruth.joined.member.id, 'volunteer'])
    expect((await send('GET', '/entries', undefined, bare(thief))).json()).toMatchObject({ code: 'forbidden' })
    expect((await send('GET', '/me', undefined, bare(thief))).json()).toMatchObject({ abilities: ['record'], member: { role: 'volunteer' } })
    const own = thief.change('record', { content: aChallenge() })
    const { results } = await thief.push([own, thief.change('erase', { reason: 'x' }, { entryId: record.entryId, base: record.id }), thief.change('correct', { set: { topic: 'HEA' }, unset: [] }, { entryId: record.entryId, base: record.id })])
    expect(results.map(({ status, problem }) => [status, problem])).toEqual([['stored', undefined], ['quarantined', 'forbidden'], ['quarantined', 'forbidden']])
    expect((await server.context.store.entries.state(server.campaign.id, record.entryId))?.review).toBe('received')
    const { results: [erasing] } = await thief.push([thief.change('erase', { reason: 'x' }, { entryId: own.entryId, base: own.id })])
    expect(erasing).toMatchObject({ status: 'quarantined', problem: 'forbidden' })
    expect(readCredential(thief.joined.credential)).toMatchObject({ isVouched: false })
  })

  it('[SE235] the session alone corrects no published report, takes no working one out as a document, and changes no setting', async () => {
    for (const [method, path, body] of [['POST', '/reports/issues/1/corrections', { id: '0190a0b0-0000-7000-8000-000000000001', text: 'All wrong.', lang: 'en', sentence: null }], ['GET', '/reports/working?from=2026-01-01&to=2026-12-31&language=en&format=docx'], ['PATCH', `/campaigns/${server.campaign.id}`, { revision: 0, set: { defaultSensitivity: 'low' } }]] as const) {
      expect([path, (await send(method, path, body, bare(ruth))).json()]).toEqual([path, expect.objectContaining({ code: 'proof-needed' })])
    }
    expect((await proved(ruth, ['GET', '/reports/working?from=2026-01-01&to=2026-12-31&language=en&format=docx'])).statusCode).toBe(200)
  })

  it('[SE624] the session alone makes no campaign, whose first invite would make a coordinator of whoever stole it', async () => {
    const order = { id: '0190a0b0-0000-7000-8000-00000000cb01', invite: 'p'.repeat(22), name: 'A thief’s', countries: ['HTI'], languages: ['fr'] }
    expect((await send('POST', '/campaigns', order, bare(ruth))).json()).toMatchObject({ code: 'proof-needed' })
    expect((await send('POST', '/join/look', { invite: order.invite }, bare(awa))).statusCode).toBe(403)
    expect((await proved(ruth, ['POST', '/campaigns', order])).statusCode).toBe(201)
    expect((await send('POST', '/join/look', { invite: order.invite }, bare(awa))).statusCode).toBe(200)
  })

  it('[SE230] words are erased by a sealed change alone, which no session makes', async () => {
    const record = awa.change('record', { content: aChallenge() })
    const { results } = await awa.push([record])
    const request = await ruth.requestFor([ruth.change('erase', { reason: 'x' }, { entryId: record.entryId, base: record.id })])
    const forged = { ...request, run: { ...request.run, seal: { ...request.run?.seal, sig: 'A'.repeat(86) } } }
    expect((await send('POST', '/sync', forged, bare(ruth))).json()).toMatchObject({ results: [{ status: 'quarantined', problem: 'bad-seal' }] })
    expect([results[0]?.status, (await server.context.store.changes.ofEntry(server.campaign.id, record.entryId)).some(({ erasedAt }) => erasedAt !== null)]).toEqual(['stored', false])
  })
})

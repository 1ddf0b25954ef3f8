import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sha256 } from '#domain/ids.ts'
import type { CampaignResponse } from '#protocol/campaign.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const areas = [{ code: 'HT01', name: 'Ouest', names: { ht: 'Lwès' }, country: 'HTI' }, { code: 'HT0111', name: 'Port-au-Prince', country: 'HTI', within: 'HT01' }]

describe.each(databases)('settings of a campaign, on %s', (database) => {
  let server: TestServer
  let ruth: ScriptDevice
  let jean: ScriptDevice
  let awa: ScriptDevice
  beforeAll(async () => {
    server = await startTestServer({ database })
    ;[ruth, jean, awa] = [await server.join('coordinator', { name: 'Ruth' }), await server.join('coordinator', { name: 'Jean' }), await server.join('volunteer')]
  })
  afterAll(() => server.close())

  const call = async (who: ScriptDevice, method: 'GET' | 'PATCH', body?: unknown, id: string = server.campaign.id) => server.app.inject({
    method, url: `/api/v1/campaigns/${id}`, headers: { ...(await who.proof(method, `/campaigns/${id}`, body)), authorization: `Bearer ${who.joined.session?.token ?? ''}`, 'x-terrain': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  })
  const read = async (): Promise<CampaignResponse> => (await call(ruth, 'GET')).json<CampaignResponse>()
  const revisionNow = async (): Promise<number> => (await read()).campaign.revision ?? 0
  const set = async (settings: object, who = ruth) => call(who, 'PATCH', { revision: await revisionNow(), set: settings })

  it('[SE110] a coordinator changes settings, and every member learns them with their next sync', async () => {
    const before = await revisionNow()
    const changed = await set({ name: 'Solidarity, Haiti', endsOn: '2026-12-31', areas, areasSource: 'OCHA, CC BY-IGO', topics: [{ code: 'WSH', names: { fr: 'L’eau' } }, { code: 'EDU' }], urgentHelp: 'Call 114' })
    expect(changed.statusCode).toBe(200)
    expect(changed.json<CampaignResponse>().campaign).toMatchObject({ revision: before + 1, name: 'Solidarity, Haiti', endsOn: '2026-12-31', areas })
    const me = await server.app.inject({ method: 'GET', url: '/api/v1/me', headers: { authorization: `Bearer ${awa.joined.session?.token ?? ''}` } })
    expect(me.json()).toMatchObject({ campaign: { revision: before + 1, areas, urgentHelp: 'Call 114', topics: [{ code: 'WSH', names: { fr: 'L’eau' } }, { code: 'EDU' }] } })
    const knows = await server.app.inject({ method: 'GET', url: `/api/v1/me?revision=${before + 1}`, headers: { authorization: `Bearer ${awa.joined.session?.token ?? ''}` } })
    expect(knows.json<{ campaign: object }>().campaign).not.toHaveProperty('areas')
    expect(knows.json<{ campaign: object }>().campaign).toHaveProperty('urgentHelp', 'Call 114')
    expect((await awa.push([])).campaignRevision).toBe(before + 1)
  })

  it('[SE111] of two who read the same settings the second is told, and nothing is written over', async () => {
    const revision = await revisionNow()
    const [one, other] = await Promise.all([call(ruth, 'PATCH', { revision, set: { urgentHelp: 'Ruth’s' } }), call(jean, 'PATCH', { revision, set: { urgentHelp: 'Jean’s' } })])
    expect([one.statusCode, other.statusCode].toSorted((a, b) => a - b)).toEqual([200, 412])
    const winner = one.statusCode === 200 ? 'Ruth’s' : 'Jean’s'
    expect((await read()).campaign).toMatchObject({ urgentHelp: winner, revision: revision + 1 })
    expect([one, other].find(({ statusCode }) => statusCode === 412)?.json()).toMatchObject({ code: 'precondition-failed' })
  })

  it('[SE112] who changed what when stands in the history, before and after; the same again is no act', async () => {
    await set({ urgentHelp: 'one' })
    await set({ urgentHelp: 'two', languages: ['fr', 'ht'] }, jean)
    const { history } = await read()
    expect(history[0]).toMatchObject({ by: 'Jean', changes: [{ setting: 'languages', after: ['fr', 'ht'] }, { setting: 'urgentHelp', before: 'one', after: 'two' }] })
    expect(history[1]).toMatchObject({ by: 'Ruth', revision: (history[0]?.revision ?? 0) - 1 })
    expect(history.flatMap(({ changes }) => changes).find(({ setting }) => setting === 'areas')?.after).toEqual({ regions: 1, districts: 1 })
    expect((await set({ urgentHelp: 'two' })).statusCode).toBe(200)
    expect((await read()).history[0]?.revision).toBe(history[0]?.revision)
  })

  it.each([
    [{ startsOn: '2026-05-01', endsOn: '2026-04-01' }, 422], [{ endsOn: null, retentionMonths: 12 }, 422], [{ countries: ['ZZZ'] }, 400], [{ topics: [] }, 400], [{ topics: [{ code: 'NOPE' }] }, 400],
    [{ areas: [{ code: 'SN01', name: 'Dakar', country: 'HTI' }] }, 400], [{ areas: [{ code: 'HT0101', name: 'x', country: 'HTI', within: 'HT01' }] }, 400], [{ languages: [] }, 400], [{ name: '  ' }, 400],
    [{ serverDeviceId: 'x' }, 400], [{ privateKey: 'x' }, 400], [{ defaultSensitivity: 'none' }, 400], [{ retentionMonths: 0 }, 400],
  ])('[SE113] settings that cannot be are refused as a whole: %j', async (settings, status) => {
    const before = await read()
    expect((await set(settings)).statusCode).toBe(status)
    expect(await read()).toEqual(before)
  })

  it('[SE981] days that the calendar does not have are none: not for a campaign, nor in the log', async () => {
    for (const endsOn of ['2026-02-30', '2026-02-29', '2026-04-31']) expect((await set({ endsOn })).statusCode).toBe(400)
    expect((await set({ endsOn: '2028-02-29' })).json()).toMatchObject({ campaign: { endsOn: '2028-02-29' } })
    const log = async (day: string) => (await server.app.inject({ url: `/api/v1/audit?from=${day}`, headers: ruth.headers })).statusCode
    expect([await log('2026-02-30'), await log('2026-02-28')]).toEqual([400, 200])
  })

  it('[SE114] volunteers may not, and another campaign’s settings do not exist', async () => {
    expect((await call(awa, 'GET')).statusCode).toBe(403)
    expect((await call(awa, 'PATCH', { revision: 0, set: {} })).statusCode).toBe(403)
    const stranger = await server.joinOther('coordinator')
    expect((await call(stranger, 'GET')).statusCode).toBe(404)
    expect((await call(stranger, 'PATCH', { revision: await revisionNow(), set: { name: 'taken' } })).statusCode).toBe(404)
    expect(JSON.stringify(await read())).not.toMatch(/PRIVATE KEY|serverDevice/)
  })

  it('[SE115] the version of the campaign’s own consent words rises with them and is never used twice', async () => {
    const note = async (text: string | null) => (await set({ consentNote: text })).json<CampaignResponse>().campaign.consentNote
    expect(await note('Held by Solidarity Network.')).toEqual({ version: 1, text: 'Held by Solidarity Network.' })
    expect(await note('Held by Solidarity Network, Port-au-Prince.')).toMatchObject({ version: 2 })
    expect((await set({ urgentHelp: 'three' })).json<CampaignResponse>().campaign.consentNote).toMatchObject({ version: 2 })
    expect(await note(null)).toEqual({ version: 3, text: '' })
    expect(await note('Again.')).toEqual({ version: 4, text: 'Again.' })
  })

  it('[SE116] another usual sensitivity holds for what is there already, on the desk and on the phones', async () => {
    const record = awa.change('record', { content: aChallenge() })
    await awa.push([record])
    const { contentHash } = (await jean.get(`/entries/${record.entryId}`)) as { readonly contentHash: Sha256 }
    await jean.push([jean.change('decide', { revision: record.id, contentHash, verdict: 'approve', questions: [] }, { entryId: record.entryId, base: record.id })])
    const marie = await server.join('volunteer', { name: 'Marie' })
    const digestsOf = async () => (await marie.push([])).items.filter((item) => JSON.stringify(item['digest'] ?? '').includes(record.entryId)).length
    const rowOf = async () => (await server.context.store.entries.row(server.campaign.id, record.entryId))?.sensitivity
    const scope = (await marie.push([])).scope
    expect([await digestsOf(), await rowOf()]).toEqual([1, 'moderate'])
    await set({ defaultSensitivity: 'high' })
    expect([await digestsOf(), await rowOf()]).toEqual([0, 'high'])
    expect((await marie.push([])).scope).not.toBe(scope)
    await set({ defaultSensitivity: 'moderate' })
    expect([await digestsOf(), await rowOf(), (await marie.push([])).scope]).toEqual([1, 'moderate', scope])
    expect((await server.context.store.entries.rebuild(server.campaign.id)).differing).toEqual([])
  })
})

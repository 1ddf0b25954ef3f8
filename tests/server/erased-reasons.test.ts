import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import { eraseMember } from '#server/jobs/erase-member.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import type { ScriptDevice } from '../../demo/script-device.ts'
import { aChallenge } from '../support/contents.ts'
import { databases } from '../support/databases.ts'
import { forkedRun } from '../support/forked-run.ts'
import { residueOf } from '../support/residue.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

describe.each(databases)('what was said of what is erased, on %s', (database) => {
  let server: TestServer
  let [awa, moussa, ruth]: readonly ScriptDevice[] = []
  let record: ChangeEnvelope
  const people = () => {
    if (awa === undefined || moussa === undefined || ruth === undefined) throw new Error('nobody has joined')
    return { awa, moussa, ruth }
  }
  beforeEach(async () => {
    server = await startTestServer({ database })
    ;[awa, moussa, ruth] = [await server.join('volunteer'), await server.join('volunteer', { name: 'Moussa' }), await server.join('coordinator')]
    record = awa.change('record', { content: aChallenge() })
    await awa.push([record])
  })
  afterEach(() => server.close())

  const about = () => ({ entryId: record.entryId, base: record.id })
  const leftAside = async (list: 'quarantine' | 'alarms', reason: string) => {
    const answer = (await people().ruth.get(`/${list}`)) as Readonly<Record<string, readonly { readonly subject: string }[]>>
    const rows = Object.values(answer).find((value) => Array.isArray(value)) ?? []
    for (const { subject } of rows) expect((await server.app.inject({ method: 'POST', url: '/api/v1/settlements', headers: people().ruth.headers, payload: { subject, act: 'settle', reason } })).statusCode).toBe(204)
    return rows.length
  }
  const acts = async () => JSON.stringify(await people().ruth.get('/audit?limit=200'))

  it('[SE431] with an entry go the reasons for which something on it was left aside, and why somebody wanted it gone who must not; that it was left aside stays', async () => {
    const { moussa: other, ruth: desk } = people()
    await other.push([other.change('revise', { set: { description: 'OasisMarkerForeign' }, unset: [], answers: [] }, about()), other.change('erase', { reason: 'OasisMarkerWanted' }, about())])
    expect(await leftAside('quarantine', 'OasisMarkerReason')).toBe(2)
    expect(await acts()).toContain('OasisMarkerReason')
    await desk.push([desk.change('erase', { reason: 'They asked.' }, about())])
    await server.context.store.erasures.settle()
    expect(await residueOf(server.context, ['OasisMarker'])).toEqual([])
    expect(await acts()).toMatch(/aside\.settle[^]*They asked\.|They asked\.[^]*aside\.settle/)
    expect(await verifyCampaign(server.context.store, server.campaign.id)).toMatchObject({ faults: [] })
  })

  it('[SE994] with a member goes their name out of the views of others and the names of lists, where it is theirs and no other word', async () => {
    const { ruth: desk } = people()
    const kofi = await server.join('volunteer', { name: 'Kofi (OasisMarker)' })
    const nord = await server.join('volunteer', { name: 'Nord' })
    const save = (n: number, name: string, search: string) => server.app.inject({ method: 'PUT', url: `/api/v1/views/00000000-0000-7000-8000-00000000090${n}`, headers: desk.headers, payload: { name, search } })
    const views = [['From kofi (oasismarker), unread', ''], ['Wells', 'q=Kofi+%28OasisMarker%29&severity=4'], ['Of Kofi', `author=${kofi.joined.member.id}&q=OasisMarker`], ['Nord, schools', 'q=nord+school'], ['Kofi Annan road', 'q=Annan']] as const
    for (const [n, [name, search]] of views.entries()) expect((await save(n, name, search)).statusCode).toBe(204)
    const plan = { kind: 'challenge', columns: { observedOn: 1, placeName: 2, description: 3 }, constants: { country: 'HTI', severity: '3', sourceType: 'secondary', lang: 'en', populationGroup: 'GEN', topic: 'WSH' }, values: {}, dayOrder: 'dmy', rowId: { column: 0, list: 'List of Kofi (OasisMarker)' } }
    expect((await server.app.inject({ method: 'POST', url: '/api/v1/import?format=table', headers: { ...desk.headers, 'content-type': 'application/json' }, payload: JSON.stringify({ text: 'No,d,p,t\n1,2026-02-03,Jacmel,The well of the camp is dry.\n', plan }) })).statusCode).toBe(200)
    const by = { memberId: desk.joined.member.id, deviceId: desk.deviceId, at: '2026-03-02T08:00:00.000Z' as never }
    for (const { joined } of [kofi, nord]) await eraseMember(server.context, server.campaign, joined.member.id, { by, reason: 'asked for it' })
    expect(await desk.get('/views')).toMatchObject({ views: [{ name: 'From –, unread', search: '' }, { name: 'Wells', search: 'severity=4' }, { name: 'Of –', search: `author=${kofi.joined.member.id}` }, { name: 'Nord, schools', search: 'q=nord+school' }, { name: 'Kofi Annan road', search: 'q=Annan' }] })
    expect(await acts()).toContain('List of –')
    await server.context.store.erasures.settle()
    expect(await residueOf(server.context, ['OasisMarker', 'oasismarker'])).toEqual([])
  })

  it('[SE431] with a member go the reasons for which they, what they sent, and alarms of their phones were set or left aside', async () => {
    const { moussa: other, ruth: desk } = people()
    const comment = other.change('comment', { text: 'A word.', lang: 'en' }, about())
    await other.push([comment])
    await leftAside('quarantine', 'OasisMarkerReason')
    const second = other.change('comment', { text: 'Another word.', lang: 'en' }, about())
    const forked = await other.post({ ...(await other.requestFor([])), run: await forkedRun(other, [{ ...second, deviceSeq: 1 }]) })
    expect(forked.results.map(({ status }) => status)).toEqual(['forked'])
    expect(await leftAside('alarms', 'OasisMarkerAlarm')).toBe(1)
    const [path, body] = [`/members/${other.joined.member.id}/aside`, { since: '2026-01-01T00:00:00.000Z', reason: 'OasisMarkerSetAside' }]
    expect((await server.app.inject({ method: 'PUT', url: `/api/v1${path}`, headers: { ...desk.headers, ...(await desk.proof('PUT', path, body)) }, payload: body })).statusCode).toBe(200)
    expect(await acts()).toMatch(/OasisMarkerAlarm[^]*OasisMarkerSetAside|OasisMarkerSetAside[^]*OasisMarkerAlarm/)
    const by = { memberId: desk.joined.member.id, deviceId: desk.deviceId, at: '2026-03-02T08:00:00.000Z' as never }
    await eraseMember(server.context, server.campaign, other.joined.member.id, { by, reason: 'They asked.' })
    await server.context.store.erasures.settle()
    expect(await residueOf(server.context, ['OasisMarker'])).toEqual([])
    expect(await acts()).toContain('member.setAside')
  })
})

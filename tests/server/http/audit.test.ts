import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditLine, AuditResponse } from '#protocol/audit.ts'
import { csvRows } from '#exchange/csv.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe.each(databases)('the log of every act over HTTP, on %s', (database) => {
  let server: TestServer
  let ruth: ScriptDevice
  let awa: ScriptDevice
  const call = async (device: ScriptDevice, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => {
    const { status, text } = await server.send(`/api/v1${path}`, { method, headers: { ...(await device.proof(method, path, body)), authorization: `Bearer ${device.joined.session?.token ?? ''}`, ...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json' }) }, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) })
    return { status, text }
  }
  const log = async (query = '') => JSON.parse((await call(ruth, 'GET', `/audit${query}`)).text) as AuditResponse
  const actsOf = ({ lines }: AuditResponse) => lines.map(({ act }) => act)

  beforeAll(async () => {
    server = await startTestServer({ database })
    ruth = await server.join('coordinator')
    awa = await server.join('volunteer')
    const record = awa.change('record', { content: aChallenge({ description: 'The well is poisoned' }) })
    await awa.push([record])
    await ruth.push([ruth.change('comment', { text: 'Who said so?', lang: 'en' }, { entryId: record.entryId, base: record.id })])
  })
  afterAll(() => server.close())

  it('[SE130] what is done to people, invites, settings and files is in the log with who did it from which phone', async () => {
    const { invite } = JSON.parse((await call(ruth, 'POST', '/invites', { role: 'volunteer', note: 'Radio' })).text) as { readonly invite: { readonly id: string } }
    await call(ruth, 'DELETE', `/invites/${invite.id}`)
    await call(ruth, 'PATCH', `/campaigns/${server.campaign.id}`, { revision: 0, set: { name: 'Renamed' } })
    await call(ruth, 'GET', '/export?format=csv&kind=challenge')
    const nia = await server.join('volunteer', { name: 'Nia' })
    await call(ruth, 'PATCH', `/members/${nia.joined.member.id}`, { role: 'coordinator' })
    await call(ruth, 'PATCH', `/members/${nia.joined.member.id}`, { ended: true })
    await call(ruth, 'DELETE', `/devices/${nia.deviceId}`)
    await call(ruth, 'POST', '/settlements', { subject: 'change:x', act: 'settle', reason: 'sent twice' })
    const page = await log('?limit=9')
    expect(actsOf(page)).toEqual(['aside.settle', 'device.lost', 'member.ended', 'member.role', 'member.joined', 'invite.made', 'file.exported', 'campaign.changed', 'invite.removed'])
    const [settled, lost, ended, role, joined, , , changed, removed] = page.lines
    for (const line of [settled, lost, ended, role, changed, removed]) expect(line?.by).toEqual({ id: ruth.joined.member.id, name: 'Ruth', role: 'coordinator' })
    expect(settled?.reason).toBe('sent twice')
    expect([ended?.subject, role?.subject, role?.role, joined?.by?.name, removed?.subject, removed?.role]).toEqual(['Nia', 'Nia', 'coordinator', 'Nia', 'Radio', 'volunteer'])
    expect(changed?.fields).toEqual(['name'])
    expect(lost?.device).toBeTruthy()
  })

  it('[SE131] a line of an entry names it with its revision and its proof, and never its words', async () => {
    const { lines } = await log('?ref=c-000001')
    expect(lines.map(({ act, ref, revision, proven, by }) => [act, ref, revision, proven, by?.name])).toEqual([['comment', 'C-000001', 1, true, 'Ruth'], ['record', 'C-000001', 1, true, 'Awa']])
    expect(JSON.stringify(await log())).not.toMatch(/poisoned|Who said so/)
    expect(await log('?ref=C-009999')).toEqual({ lines: [], next: null })
  })

  it('[SE132] filters and pages hold together, and what does not fit is refused', async () => {
    expect(actsOf(await log('?type=record'))).toEqual(['record'])
    expect(new Set((await log(`?member=${awa.joined.member.id}`)).lines.map(({ by }) => by?.name))).toEqual(new Set(['Awa']))
    expect((await log('?from=2026-03-02')).lines).toEqual([])
    expect((await log('?from=2026-03-01&to=2026-03-01')).lines.length).toBeGreaterThan(0)
    const whole = await log('?limit=200')
    const first = await log('?limit=2')
    expect([...first.lines, ...(await log(`?limit=198&before=${first.next ?? ''}`)).lines]).toEqual(whole.lines)
    for (const query of ['?limit=201', '?limit=0', '?type=nonsense', '?before=1', '?from=yesterday', '?from=2026-99-01T00:00:00Z', '?ref=x', '?member=x']) expect([query, (await call(ruth, 'GET', `/audit${query}`)).status]).toEqual([query, 400])
  })

  it('[SE214] the days of whoever asks are moments: from the first on, and before the second', async () => {
    const [last] = (await log('?type=record')).lines
    const at = last?.receivedAt ?? ''
    const behind = new Date(Date.parse(at) + 1).toISOString()
    const asked = async (from: string, to: string) => (await log(`?type=record&from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`)).lines.length
    expect([await asked(at, behind), await asked(behind, '2030-01-01'), await asked('2020-01-01', at)]).toEqual([1, 0, 0])
    // The same moment, said with the offset of a place.
    expect(await asked(`${new Date(Date.parse(at) + 20_700_000).toISOString().slice(0, -1)}+05:45`, behind)).toBe(1)
    const { text } = await call(ruth, 'GET', `/audit/export?format=jsonl&type=record&from=${behind}`)
    expect(text).toBe('')
  })

  it('[SE133] the file holds the same lines, and that it was taken out is the next act', async () => {
    const before = await log('?limit=200')
    const csv = csvRows((await call(ruth, 'GET', '/audit/export?format=csv')).text)
    expect(csv.slice(2).map((row) => row[0])).toEqual([expect.any(String), ...before.lines.map(({ place }) => place)])
    const { text } = await call(ruth, 'GET', '/audit/export?format=jsonl&type=record')
    expect(text.trimEnd().split('\n').map((line) => (JSON.parse(line) as AuditLine).act)).toEqual(['record'])
    expect(actsOf(await log('?limit=2'))).toEqual(['audit.exported', 'audit.exported'])
    expect((await call(awa, 'GET', '/audit/export?format=csv')).status).toBe(403)
  })

  it('[SE134] what a table became is one act of who imported it, beside the entries that it made', async () => {
    const table = readFileSync(join(import.meta.dirname, '../../exchange/fixtures/unhcr-3w.csv'), 'utf8')
    const { accepted } = JSON.parse((await call(ruth, 'POST', '/import?format=hxl', table)).text) as { readonly accepted: number }
    const [imported] = (await log('?type=file.imported')).lines
    expect(imported).toMatchObject({ by: { name: 'Ruth' }, subject: 'hxl', count: accepted })
    expect((await log('?limit=2')).lines[1]).toMatchObject({ isImport: true, carriedBy: 'Ruth', device: null, proven: true })
  })

  it('[SE245] the acts on an entry are found by its id, also once it was erased: by whom, when and why, and no word of it', async () => {
    const record = awa.change('record', { content: aChallenge({ description: 'The guards asked for names' }) })
    await awa.push([record])
    await ruth.push([ruth.change('erase', { reason: 'names of guards' }, { entryId: record.entryId, base: record.id })])
    const page = await log(`?entry=${record.entryId}`)
    expect(page.lines.map(({ act, by, reason, erased }) => [act, by?.name, reason, erased])).toEqual([['erase', 'Ruth', 'names of guards', false], ['record', 'Awa', null, true]])
    expect(JSON.stringify(page)).not.toContain('asked for names')
    expect(actsOf(await log(`?entry=${record.entryId}&type=erase`))).toEqual(['erase'])
    expect(await log('?entry=01890000-0000-7000-8000-00000000ffff')).toEqual({ lines: [], next: null })
    expect((await call(ruth, 'GET', '/audit?entry=x')).status).toBe(400)
  })
})

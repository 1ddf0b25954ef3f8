import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { ChangeEnvelope } from '#domain/change.ts'
import { assignResponseSchema, reviewersResponseSchema } from '#protocol/assignment.ts'
import { auditResponseSchema } from '#protocol/audit.ts'
import { countsResponseSchema, entriesResponseSchema } from '#protocol/desk.ts'
import { freshResponseSchema } from '#protocol/fresh.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe('who reads which entry, over HTTP', () => {
  let server: TestServer
  let ruth: ScriptDevice
  let jean: ScriptDevice
  let awa: ScriptDevice
  let records: readonly [ChangeEnvelope, ChangeEnvelope]
  const idOf = (device: ScriptDevice) => device.joined.member.id
  const call = async (device: ScriptDevice, method: 'GET' | 'POST', path: string, body?: unknown) => {
    const { status, text } = await server.send(`/api/v1${path}`, { method, headers: { authorization: `Bearer ${device.joined.session?.token ?? ''}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return { status, body: (text === '' ? null : JSON.parse(text)) as unknown }
  }
  const give = async (device: ScriptDevice, entries: readonly (readonly [ChangeEnvelope, string | null])[], to: string | null) => call(device, 'POST', '/assignments', { entries: entries.map(([{ entryId }, was]) => ({ id: entryId, was })), to })
  const refsOf = async (device: ScriptDevice, query: string) => v.parse(entriesResponseSchema, (await call(device, 'GET', `/entries?${query}`)).body).entries.map(({ ref }) => ref)

  beforeAll(async () => {
    server = await startTestServer()
    ruth = await server.join('coordinator')
    jean = await server.join('coordinator', { name: 'Jean' })
    awa = await server.join('volunteer')
    records = [awa.change('record', { content: aChallenge() }), awa.change('record', { content: aChallenge() })]
    await awa.push([...records])
  })
  afterAll(() => server.close())

  it('[SE165] a coordinator takes entries and gives them to another; each finds their own under “me”, and everybody all of them', async () => {
    const [first, second] = records
    expect(v.parse(assignResponseSchema, (await give(ruth, [[first, null]], idOf(ruth))).body).assigned).toEqual([{ id: first.entryId, assignee: { id: idOf(ruth), name: 'Ruth' } }])
    await give(ruth, [[second, null]], idOf(jean))
    expect([await refsOf(ruth, 'assignee=me'), await refsOf(jean, 'assignee=me'), await refsOf(jean, `assignee=me&assignee=${idOf(ruth)}`)]).toEqual([['C-000001'], ['C-000002'], ['C-000001', 'C-000002']])
    expect([await refsOf(ruth, ''), await refsOf(ruth, 'assignee=nobody')]).toEqual([['C-000001', 'C-000002'], []])
    expect(v.parse(countsResponseSchema, (await call(jean, 'GET', `/entries/counts?of=${encodeURIComponent('assignee=me')}&of=${encodeURIComponent('assignee=nobody')}`)).body).counts).toEqual([1, 0])
    expect(v.parse(reviewersResponseSchema, (await call(ruth, 'GET', '/reviewers')).body).reviewers.map(({ name, toRead }) => [name, toRead])).toEqual([['Jean', 1], ['Ruth', 1]])
  })

  it('[SE166] whose an entry is changes nothing of what may be decided on it', async () => {
    const [, second] = records
    const entry = (await call(ruth, 'GET', `/entries/${second.entryId}`)).body as { readonly contentHash: string; readonly row: { readonly assignee: { readonly name: string } } }
    expect(entry.row.assignee.name).toBe('Jean')
    const decision = ruth.change('decide', { revision: second.id, contentHash: entry.contentHash as never, verdict: 'approve', questions: [] }, { entryId: second.entryId, base: second.id })
    expect((await ruth.push([decision])).results.map(({ status }) => status)).toEqual(['stored'])
    expect(await refsOf(jean, 'assignee=me&state=approved')).toEqual(['C-000002'])
  })

  it('[SE167] what colleagues give and take is told to whoever asks what is fresh, and to nobody else', async () => {
    const fresh = async (query: string) => v.parse(freshResponseSchema, (await call(jean, 'GET', `/fresh?${query}`)).body)
    const { seq, assignments = -1 } = await fresh('assignments=new')
    const [first] = records
    await give(ruth, [[first, idOf(ruth)]], null)
    expect(await fresh(`after=${seq}&assignments=${assignments}`)).toMatchObject({ seq, touched: [], assignments: assignments + 1, assigned: [{ id: first.entryId, assignee: null }] })
    expect(await fresh(`after=${seq}`)).not.toHaveProperty('assigned')
    expect((await call(jean, 'GET', '/fresh?assignments=-1')).status).toBe(400)
  })

  it('[SE168] is for who may review, between people of the campaign, for at most two hundred at once, and stands in the log with who, what and to whom', async () => {
    const [first] = records
    expect((await give(awa, [[first, null]], idOf(ruth))).status).toBe(403)
    expect((await call(awa, 'GET', '/reviewers')).status).toBe(403)
    expect((await give(ruth, [[first, null]], idOf(awa))).status).toBe(404)
    const stranger = await server.joinOther('coordinator')
    expect((await give(ruth, [[first, null]], idOf(stranger))).status).toBe(404)
    expect((await give(stranger, [[first, null]], idOf(stranger))).body).toEqual({ assigned: [] })
    expect((await give(ruth, [], idOf(ruth))).status).toBe(400)
    expect((await give(ruth, Array.from({ length: 201 }, () => [first, null] as const), idOf(ruth))).status).toBe(400)
    await give(ruth, [[first, null]], idOf(jean))
    const [line] = v.parse(auditResponseSchema, (await call(ruth, 'GET', '/audit?type=entry.assigned')).body).lines
    expect(line).toMatchObject({ act: 'entry.assigned', by: { name: 'Ruth' }, subject: 'Jean · C-000001', count: 1, reason: null })
  })
})

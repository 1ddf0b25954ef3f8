import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { campaignResponseSchema } from '#protocol/campaign.ts'
import { entriesResponseSchema, entryResponseSchema } from '#protocol/desk.ts'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { Sha256 } from '#domain/ids.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe('second readings, over HTTP', () => {
  let server: TestServer
  let ruth: ScriptDevice
  let jean: ScriptDevice
  let awa: ScriptDevice
  const call = async (device: ScriptDevice, method: 'GET' | 'PATCH', path: string, body?: unknown) => {
    const { status, text } = await server.send(`/api/v1${path}`, { method, headers: { ...(await device.proof(method, path, body)), authorization: `Bearer ${device.joined.session?.token ?? ''}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return { status, text, body: JSON.parse(text) as unknown }
  }
  const mine = async (device: ScriptDevice) => v.parse(entriesResponseSchema, (await call(device, 'GET', '/entries?second=me')).body).entries.map(({ ref }) => ref)
  const verdict = async (device: ScriptDevice, { entryId, id }: ChangeEnvelope, about: { readonly verdict: 'approve' | 'reject'; readonly reason?: string }) => {
    const { contentHash } = v.parse(entryResponseSchema, (await call(device, 'GET', `/entries/${entryId}`)).body)
    // Based on what was there before anybody had decided.
    return device.push([device.change('decide', { revision: id, contentHash: contentHash as Sha256, questions: [], ...about }, { entryId, base: id })])
  }

  beforeAll(async () => {
    server = await startTestServer()
    ruth = await server.join('coordinator')
    jean = await server.join('coordinator', { name: 'Jean' })
    awa = await server.join('volunteer')
  })
  afterAll(() => server.close())

  it('[SE169] a coordinator sets how many of a hundred are read twice; it is kept in the history of the settings and told to no phone', async () => {
    const path = `/campaigns/${ruth.joined.campaign.id}`
    const set = (secondReading: unknown, revision = 0) => call(ruth, 'PATCH', path, { revision, set: { secondReading } })
    expect(v.parse(campaignResponseSchema, (await call(ruth, 'GET', path)).body).secondReading).toBe(0)
    expect([(await set(101)).status, (await set(-1)).status, (await set(2.5)).status]).toEqual([400, 400, 400])
    const changed = v.parse(campaignResponseSchema, (await set(100)).body)
    expect([changed.secondReading, changed.history[0]?.changes]).toEqual([100, [{ setting: 'secondReading', before: 0, after: 100 }]])
    expect((await call(awa, 'GET', '/me')).text).not.toContain('secondReading')
  })

  it('[SE170] what one has decided stands under “second=me” of everybody else until another has given a verdict of their own; what counts as approved stays', async () => {
    const [one, two] = [awa.change('record', { content: aChallenge() }), awa.change('record', { content: aChallenge() })]
    await awa.push([one, two])
    await verdict(ruth, one, { verdict: 'approve' })
    await verdict(ruth, two, { verdict: 'approve' })
    expect([await mine(jean), await mine(ruth)]).toEqual([['C-000001', 'C-000002'], []])
    const approved = async () => v.parse(entriesResponseSchema, (await call(jean, 'GET', '/entries?state=approved')).body).entries.map(({ ref }) => ref)
    expect(await approved()).toEqual(['C-000001', 'C-000002'])
    // Who decided cannot confirm it.
    await verdict(ruth, one, { verdict: 'approve' })
    expect(await mine(jean)).toEqual(['C-000001', 'C-000002'])
    await verdict(jean, one, { verdict: 'approve' })
    expect([await mine(jean), await approved()]).toEqual([['C-000002'], ['C-000001', 'C-000002']])
    await verdict(jean, two, { verdict: 'reject', reason: 'Another campaign’s.' })
    expect([await mine(jean), await approved()]).toEqual([[], ['C-000001']])
    expect((await call(awa, 'GET', '/entries?second=me')).status).toBe(403)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import { eraseMember } from '#server/jobs/erase-member.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { residueOf } from '../../support/residue.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

/** Acts of a coordinator that end just between the moment at which a request has looked who acts, and the one at which what it brings is stored. */
describe.each(databases)('who is ended, erased or set aside while a request is under way, on %s', (database) => {
  let server: TestServer
  let ruth: ScriptDevice
  let kim: ScriptDevice
  let record: ChangeEnvelope
  beforeEach(async () => {
    server = await startTestServer({ database })
    ;[ruth, kim] = [await server.join('coordinator', { name: 'Ruth' }), await server.join('coordinator', { name: 'Kim' })]
    record = kim.change('record', { content: aChallenge() })
    await kim.push([record])
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await server.close()
  })

  const by = () => ({ memberId: ruth.joined.member.id, deviceId: ruth.deviceId, at: '2026-03-02T08:00:00.000Z' as never })
  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    'is erased': () => eraseMember(server.context, server.campaign, kim.joined.member.id, { by: by(), reason: 'asked for it' }),
    'is ended': () => server.context.store.members.change(server.campaign.id, kim.joined.member.id, { endedAt: by().at }, by()),
    'becomes a volunteer': () => server.context.store.members.change(server.campaign.id, kim.joined.member.id, { role: 'volunteer' }, by()),
    'is set aside': () => server.context.store.persons.setAside(server.campaign.id, kim.joined.member.id, { since: '2026-01-01T00:00:00.000Z' as never, by: by(), reason: 'a flood' }),
    'loses the phone': () => server.context.store.members.revokeDevice(server.campaign.id, kim.deviceId, by().at, by()),
  }
  const meanwhile = (act: () => Promise<unknown>) => {
    const { changes } = server.context.store
    const append = changes.append.bind(changes)
    return vi.spyOn(changes, 'append').mockImplementationOnce(async (run) => {
      await act()
      return append(run)
    })
  }
  const send = (path: string, payload: object) => server.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: kim.headers, payload })

  const aside = ['quarantined revoked-device', 'quarantined revoked-device']
  it.each([['is erased', ['erased', 'erased']], ['is ended', aside], ['becomes a volunteer', ['stored', 'quarantined forbidden']], ['is set aside', aside], ['loses the phone', aside]])('[SE412] somebody who %s just then is judged by that', async (what, expected) => {
    const other = ruth.change('record', { content: aChallenge() })
    await ruth.push([other])
    const written = kim.change('record', { content: aChallenge({ description: 'OasisMarkerWords' }) })
    const request = await kim.requestFor([written, kim.change('comment', { text: 'OasisMarkerComment', lang: 'en' }, { entryId: other.entryId, base: other.id })])
    meanwhile(acts[what] ?? (() => Promise.resolve()))
    const { results } = (await send('/sync', request)).json<{ readonly results: readonly { readonly status: string; readonly problem?: string }[] }>()
    expect(results.map(({ status, problem }) => [status, problem].join(' ').trim())).toEqual(expected)
    expect((await residueOf(server.context, ['OasisMarker'])).length === 0).toBe(what === 'is erased')
    expect((await server.context.store.entries.ids(server.campaign.id, {})).includes(written.entryId)).toBe(what === 'becomes a volunteer')
  })

  it('[SE412] who changes a second time within one request is told to come again', async () => {
    const request = await kim.requestFor([kim.change('record', { content: aChallenge() })])
    meanwhile(acts['becomes a volunteer'] ?? (() => Promise.resolve()))
    const { members } = server.context.store
    vi.spyOn(members, 'get').mockImplementationOnce(async (campaign, id) => {
      const known = (await members.list(campaign)).find((member) => member.id === id) ?? null
      await acts['is ended']?.()
      return known
    })
    expect((await send('/sync', request)).statusCode).toBe(503)
    expect((await send('/sync', request)).statusCode).toBe(401)
  })

  it('[SE793] whose whole campaign is erased just then is told to come again, and then that nobody knows them', async () => {
    const request = await kim.requestFor([kim.change('record', { content: aChallenge() })])
    meanwhile(() => server.context.store.erasures.campaign(server.campaign.id, by().at))
    expect((await send('/sync', request)).statusCode).toBe(503)
    expect((await send('/sync', request)).statusCode).toBe(401)
  })

  it('[SE412] nor are bytes of theirs that nobody could read', async () => {
    const bytes = Buffer.from('{"torn":"OasisMarkerBytes').toString('base64')
    meanwhile(acts['is erased'] ?? (() => Promise.resolve()))
    expect((await send('/sync/quarantine', { epoch: kim.joined.epoch, campaignId: server.campaign.id, deviceId: kim.deviceId, id: null, bytes })).statusCode).toBe(503)
    expect(await residueOf(server.context, ['OasisMarkerBytes', Buffer.from('OasisMarker').toString('base64').slice(0, 12)])).toEqual([])
  })

  it('[SE412] those who come at the same moment are stored all the same', async () => {
    const others = [await server.join('volunteer'), await server.join('volunteer'), await server.join('volunteer')]
    const runs = await Promise.all([kim, ...others].map(async (one) => ({ one, request: await one.requestFor([one.change('record', { content: aChallenge() })]) })))
    const { changes } = server.context.store
    const append = changes.append.bind(changes)
    const appending = vi.spyOn(changes, 'append').mockImplementation(async (run) => {
      if (run.deviceId === kim.deviceId) await acts['is ended']?.()
      return append(run)
    })
    const answers = await Promise.all(runs.map(({ one, request }) => server.app.inject({ method: 'POST', url: '/api/v1/sync', headers: one.headers, payload: request })))
    appending.mockRestore()
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
    expect(await server.context.store.entries.ids(server.campaign.id, {})).toHaveLength(4)
  })

  it.each(['is erased', 'is ended', 'becomes a volunteer', 'loses the phone'])('[SE296] a coordinator who %s while they make an invite leaves none behind', async (what) => {
    const { members } = server.context.store
    const create = members.createInvite.bind(members)
    vi.spyOn(members, 'createInvite').mockImplementationOnce(async (invite) => {
      await acts[what]?.()
      return create(invite)
    })
    const body = { role: 'coordinator', uses: 5, days: 30 }
    const made = await server.app.inject({ method: 'POST', url: '/api/v1/invites', headers: { ...kim.headers, ...(await kim.proof('POST', '/invites', body)) }, payload: body })
    expect([made.statusCode, await members.invites(server.campaign.id, '2026-03-01T00:00:00.000Z' as never)]).toEqual([503, []])
  })
})

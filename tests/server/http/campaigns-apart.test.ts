import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BackupRow } from '#server/store/backup-store.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const secret = 'OnlyForThisCampaign'

describe.each(databasesWhenDeep)('two campaigns on one server, %s', (database) => {
  let server: TestServer
  let stranger: ScriptDevice
  let ids: readonly string[] = []
  let own: readonly string[] = []
  beforeAll(async () => {
    server = await startTestServer({ database })
    const [awa, ruth] = [await server.join('volunteer', { name: `${secret} Awa` }), await server.join('coordinator', { name: `${secret} Ruth` })]
    const record = awa.change('record', { content: aChallenge({ description: `${secret}: the well is dry.` }) })
    await awa.push([record])
    const { invite } = (await server.app.inject({ method: 'POST', url: '/api/v1/invites', headers: ruth.headers, payload: { role: 'volunteer', note: secret } })).json<{ invite: { id: string } }>()
    const view = '70000000-0000-7000-8000-000000000001'
    await server.app.inject({ method: 'PUT', url: `/api/v1/views/${view}`, headers: ruth.headers, payload: { name: secret, search: '?q=x' } })
    await server.app.inject({ method: 'PUT', url: '/api/v1/reports/draft', headers: ruth.headers, payload: { from: '2026-01-01', to: '2026-12-31', next: null, was: 0 } })
    stranger = await server.joinOther('coordinator')
    own = await Promise.all(['/entries', '/members', '/invites', '/views'].map(async (path) => JSON.stringify(await ruth.get(path))))
    ids = [record.entryId, record.id, awa.joined.member.id, awa.deviceId, ruth.joined.member.id, ruth.deviceId, invite.id, view, server.campaign.id, 'a'.repeat(64), '1']
  })
  afterAll(() => server.close())

  const rows = () => server.context.store.backup.dump(async (all) => (await Array.fromAsync(all as AsyncIterable<BackupRow>)).filter(({ row }) => row['campaign_id'] === server.campaign.id))

  /** What would do something if it were one's own: each id of the other campaign in every place that takes one. */
  const bodies = (id: string): readonly object[] => [
    {}, { role: 'coordinator' }, { ended: true }, { entries: [id], to: stranger.joined.member.id }, { subject: `change:${id}`, act: 'settle', reason: 'x' }, { other: id, kind: 'sameAs', isApart: true }, { reason: 'x', name: 'x', search: '?q=y' },
    { revision: 0, set: { name: 'Taken' } }, { from: '2020-01-01', to: '2020-12-31', next: null, was: 1 }, { settings: 1, parts: [] }, { id, sentence: null, text: 'x', lang: 'en' },
  ]

  it('[SE241] no route lets anybody read or write a word of another campaign, whatever id they have got hold of', { timeout: 120_000 }, async () => {
    // So that the search below could find something.
    expect(own.filter((text) => text.includes(secret))).toHaveLength(4)
    const before = await rows()
    const leaks: string[] = []
    let asked = 0
    for (const route of server.routes.filter((each) => each.includes(' /api/') && !each.startsWith('OPTIONS '))) {
      const [method = 'GET', pattern = '/'] = route.split(' ')
      for (const id of pattern.includes(':') ? ids : [ids[0] ?? '']) {
        const path = `${pattern.replace(/:[a-z0-9]+/, id).replace('/api/v1', '')}${method === 'GET' ? `?campaignId=${server.campaign.id}&format=csv&kind=challenge&q=${secret.toLowerCase()}&from=2026-01-01&to=2026-12-31&language=en&key=x` : ''}`
        const payloads = method === 'GET' || method === 'HEAD' ? [undefined] : method === 'DELETE' ? [undefined] : bodies(id)
        for (const payload of payloads) {
          const headers = { authorization: stranger.headers['authorization'] ?? '', 'x-terrain': '1', ...(await stranger.proof(method, path, payload ?? null)) }
          const response = await server.app.inject({ method: method as 'GET', url: `/api/v1${path}`, headers, ...(payload === undefined ? {} : { payload }) })
          asked += 1
          // What they asked for may be said back to them in the name of a file, never a word of it.
          if (response.body.includes(secret) || ids.slice(0, 8).some((each) => response.statusCode < 300 && response.body.includes(each) && !JSON.stringify(payload ?? '').includes(each))) leaks.push(`${route} ${id}: ${response.statusCode}`)
          if (response.statusCode >= 500) leaks.push(`${route} ${id}: ${response.statusCode}`)
        }
      }
    }
    expect(leaks).toEqual([])
    expect(asked).toBeGreaterThan(500)
    expect(await rows()).toEqual(before)
  })
})

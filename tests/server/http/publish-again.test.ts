import { expect, it } from 'vitest'
import type { PublishResponse } from '#protocol/written-report.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'

const publishId = (n: number) => `70000000-0000-7000-8000-00000000090${n}`

it.each(databases)('[SE270] what was published and got no answer is answered with the same issue when it is asked for again, on %s', async (database) => {
  const server = await startTestServer({ database })
  const [ruth, jean] = [await server.join('coordinator'), await server.join('coordinator', { name: 'Jean' })]
  const path = '/reports/draft/publish'
  const publish = async (who: typeof ruth, payload: object) => server.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: { ...who.headers, ...(await who.proof('POST', path, payload)) }, payload })
  await server.app.inject({ method: 'PUT', url: '/api/v1/reports/draft', headers: ruth.headers, payload: { from: '2026-02-01', to: '2026-02-28', next: null, was: 0 } })
  const body = { id: publishId(1), settings: 1, parts: [] }
  const lost = await publish(ruth, body)
  await server.app.inject({ method: 'PUT', url: '/api/v1/reports/draft', headers: jean.headers, payload: { from: '2026-03-01', to: '2026-03-20', next: null, was: 2 } })
  const again = await publish(ruth, body)
  expect([lost.statusCode, again.statusCode, again.json<PublishResponse>()]).toEqual([201, 201, lost.json<PublishResponse>()])
  expect((await publish(ruth, { ...body, id: publishId(2) })).statusCode).toBe(412)
  expect((await server.context.store.reports.issues(server.campaign.id)).map(({ number }) => number)).toEqual([1])
  const acts = (await server.context.store.audit.page(server.campaign.id, { limit: 50 })).lines.flatMap((line) => (line.kind === 'act' ? [line.act.act] : []))
  expect(acts.filter((act) => act === 'report.published')).toHaveLength(1)
  await server.close()
})

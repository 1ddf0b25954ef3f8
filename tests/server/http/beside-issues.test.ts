import { expect, it } from 'vitest'
import type { ChallengeContent } from '#domain/entry.ts'
import { hashContent } from '#protocol/chain.ts'
import type { DraftEvidence } from '#protocol/written-report.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'

it.each(databases)('[SE987] few sensitive entries that two issues of the same days do not both count are told before the second is published, on %s', async (database) => {
  const server = await startTestServer({ database })
  const [ruth, awa] = [await server.join('coordinator'), await server.join('volunteer')]
  const approved = async (count: number, about: Partial<ChallengeContent>) => {
    const records = Array.from({ length: count }, () => awa.change('record', { content: aChallenge({ observedOn: '2026-02-26', ...about }) }))
    await awa.push(records)
    await ruth.push(await Promise.all(records.map(async ({ id, entryId, body }) => ruth.change('decide', { revision: id, contentHash: await hashContent({ content: body.content, corrections: {} }, (text) => Promise.resolve(sha256Of(text))), verdict: 'approve', questions: [] }, { entryId, base: id }))))
    return records
  }
  const draftOf = async (days: object) => server.app.inject({ method: 'PUT', url: '/api/v1/reports/draft', headers: ruth.headers, payload: { next: null, ...days } })
  const beside = async () => (await server.app.inject({ method: 'GET', url: '/api/v1/reports/draft/evidence?language=en', headers: ruth.headers })).json<DraftEvidence>().beside
  const [path, february] = ['/reports/draft/publish', { from: '2026-02-01', to: '2026-02-28' }]
  const [first, second] = await approved(6, { topic: 'PRO' })
  await draftOf({ ...february, was: 0 })
  const payload = { settings: 1, parts: [], days: february }
  const { statusCode } = await server.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: { ...ruth.headers, ...(await ruth.proof('POST', path, payload)) }, payload })
  expect([statusCode, await beside()]).toEqual([201, null])

  await draftOf({ ...february, was: 2 })
  await approved(3, { topic: 'EDU' })
  expect(await beside()).toBeNull()
  await approved(1, { topic: 'PRO' })
  expect(await beside()).toEqual({ issues: [1], entries: 1 })
  await awa.push(first === undefined ? [] : [awa.change('withdraw', {}, { entryId: first.entryId, base: first.id })])
  expect(await beside()).toEqual({ issues: [1], entries: 2 })
  await ruth.push(second === undefined ? [] : [ruth.change('erase', { reason: 'It names somebody.' }, { entryId: second.entryId, base: second.id })])
  expect(await beside()).toEqual({ issues: [1], entries: 3 })
  await draftOf({ from: '2026-03-01', to: '2026-03-31', was: 3 })
  expect(await beside()).toBeNull()
  await draftOf({ ...february, was: 4 })
  // Of the one that was erased nobody knows its topic any more.
  await approved(3, { topic: 'PRO' })
  expect(await beside()).toEqual({ issues: [1], entries: 1 })
  await server.close()
})

it('[SE987] a quarter of which two months are published tells what is not shown of the third', async () => {
  const server = await startTestServer()
  const [ruth, awa] = [await server.join('coordinator'), await server.join('volunteer')]
  const observed = async (days: readonly string[]) => {
    const records = days.map((observedOn) => awa.change('record', { content: aChallenge({ topic: 'PRO', observedOn }) }))
    await awa.push(records)
    await ruth.push(await Promise.all(records.map(async ({ id, entryId, body }) => ruth.change('decide', { revision: id, contentHash: await hashContent({ content: body.content, corrections: {} }, (text) => Promise.resolve(sha256Of(text))), verdict: 'approve', questions: [] }, { entryId, base: id }))))
  }
  const many = (day: string) => Array.from({ length: 6 }, () => day)
  await observed(['2026-01-10', ...many('2026-02-10'), ...many('2026-03-10')])
  const set = async (from: string, to: string, was: number) => server.app.inject({ method: 'PUT', url: '/api/v1/reports/draft', headers: ruth.headers, payload: { from, to, next: null, was } })
  const path = '/reports/draft/publish'
  const months = [['2026-01-01', '2026-01-31'], ['2026-02-01', '2026-02-28'], ['2026-03-01', '2026-03-31']] as const
  for (const [n, [from, to]] of months.entries()) {
    await set(from, to, n * 2)
    const payload = { settings: n * 2 + 1, parts: [] }
    await server.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: { ...ruth.headers, ...(await ruth.proof('POST', path, payload)) }, payload })
  }
  await set('2026-01-01', '2026-03-31', 6)
  const { beside } = (await server.app.inject({ method: 'GET', url: '/api/v1/reports/draft/evidence?language=en', headers: ruth.headers })).json<DraftEvidence>()
  expect(beside).toEqual({ issues: [2, 3], entries: 1 })
  await server.close()
})

import { expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import { hashContent } from '#protocol/chain.ts'
import type { PublishResponse } from '#protocol/written-report.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'

const digest = (text: string) => Promise.resolve(sha256Of(text))

it.each(databases)('[RE90] a published report tells of entries in its numbers alone that were withdrawn or erased since, on %s', async (database) => {
  const server = await startTestServer({ database })
  const [ruth, awa] = [await server.join('coordinator'), await server.join('volunteer')]
  const records = Array.from({ length: 8 }, (_, n) => awa.change('record', { content: aChallenge({ observedOn: '2026-02-26', description: `The well of house ${n} is dry.` }) }))
  await awa.push(records)
  const hashes = await Promise.all(records.map(({ body }) => hashContent({ content: (body as { readonly content: never }).content, corrections: {} }, digest)))
  await ruth.push(records.map(({ id, entryId }, n) => ruth.change('decide', { revision: id, contentHash: hashes[n] as never, verdict: 'approve', questions: [] }, { entryId, base: id })))
  await server.app.inject({ method: 'PUT', url: '/api/v1/reports/draft', headers: ruth.headers, payload: { from: '2026-02-01', to: '2026-02-28', next: null, was: 0 } })
  const [path, payload] = ['/reports/draft/publish', { settings: 1, parts: [] }]
  const { slug } = (await server.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: { ...ruth.headers, ...(await ruth.proof('POST', path, payload)) }, payload })).json<PublishResponse>()
  const said = async () => /<li>([^<]*) entries that count in the numbers of this issue were withdrawn since/.exec((await server.app.inject({ url: `/r/${slug}?language=en` })).body)?.[1] ?? null
  const withdraw = async (those: readonly ChangeEnvelope[]) => awa.push(those.map(({ id, entryId }) => awa.change('withdraw', { reason: 'other' }, { entryId, base: id })))
  // The first two stand in the issue by their refs, and are named when they go.
  expect(await said()).toBeNull()
  await withdraw(records.slice(0, 2))
  expect(await said()).toBeNull()
  await withdraw(records.slice(2, 6))
  expect(await said()).toBe('Some')
  await awa.push(records.slice(6, 7).map(({ id, entryId }) => awa.change('erase', { reason: 'my wish' }, { entryId, base: id })))
  expect(await said()).toBe('5')
  // Opened again by a coordinator it is its author's still, until they write on it.
  const { id, entryId } = records[2] as ChangeEnvelope
  await ruth.push([ruth.change('decide', { revision: id, contentHash: hashes[2] as never, verdict: 'reopen', reason: 'to read it', questions: [] }, { entryId, base: id })])
  expect(await said()).toBe('5')
  await awa.push([awa.change('revise', { set: { severity: 4 }, unset: [], answers: [] }, { entryId, base: id })])
  expect(await said()).toBe('Some')
  await server.close()
})

it.each(databases)('[RE631] what had been changed before an issue was published is not told as a change since, on %s', async (database) => {
  const server = await startTestServer({ database })
  const [ruth, awa] = [await server.join('coordinator'), await server.join('volunteer')]
  const records = Array.from({ length: 6 }, (_, n) => awa.change('record', { content: aChallenge({ observedOn: '2026-02-26', description: `The well of house ${n} is dry.` }) }))
  await awa.push(records)
  const hashes = await Promise.all(records.map(({ body }) => hashContent({ content: (body as { readonly content: never }).content, corrections: {} }, digest)))
  await ruth.push(records.map(({ id, entryId }, n) => ruth.change('decide', { revision: id, contentHash: hashes[n] as never, verdict: 'approve', questions: [] }, { entryId, base: id })))
  const revise = async ({ id, entryId }: ChangeEnvelope, severity: number) => awa.push([awa.change('revise', { set: { severity }, unset: [], answers: [] } as never, { entryId, base: id })])
  const [first, second] = records as [ChangeEnvelope, ChangeEnvelope]
  await revise(first, 4)
  await server.app.inject({ method: 'PUT', url: '/api/v1/reports/draft', headers: ruth.headers, payload: { from: '2026-02-01', to: '2026-02-28', next: null, was: 0 } })
  const [path, payload] = ['/reports/draft/publish', { settings: 1, parts: [] }]
  const { slug } = (await server.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: { ...ruth.headers, ...(await ruth.proof('POST', path, payload)) }, payload })).json<PublishResponse>()
  const said = async () => [...(await server.app.inject({ url: `/r/${slug}/changes.csv?language=en` })).body.matchAll(/,"?(C-\d+: [^.]*)\./g)].map(([, text]) => text)
  const [beforehand, since] = ['the entry had been changed before this issue was published, and nobody had approved the change', 'what this issue cites has changed since']
  expect(await said()).toEqual([`C-000001: ${beforehand}`])
  await revise(second, 5)
  expect(await said()).toEqual([`C-000001: ${beforehand}`, `C-000002: ${since}`])
  await revise(first, 5)
  expect(await said()).toEqual([`C-000001: ${since}`, `C-000002: ${since}`])
  await server.close()
})

it.each(databases)('[RE892] words of a published report that were changed since, by their author or a coordinator, are in it no longer, on %s', async (database) => {
  const server = await startTestServer({ database })
  const [ruth, awa] = [await server.join('coordinator'), await server.join('volunteer')]
  const records = Array.from({ length: 4 }, (_, n) => awa.change('record', { content: aChallenge({ observedOn: '2026-02-26', quote: `Said by Jean Pierre, house ${n}.`, consentQuote: true }) }))
  await awa.push(records)
  const hashes = await Promise.all(records.map(({ body }) => hashContent({ content: (body as { readonly content: never }).content, corrections: {} }, digest)))
  await ruth.push(records.map(({ id, entryId }, n) => ruth.change('decide', { revision: id, contentHash: hashes[n] as never, verdict: 'approve', questions: [] }, { entryId, base: id })))
  const cites = records.map(({ id, entryId }, n) => ({ entryId, revision: id, contentHash: hashes[n] }))
  const part = { kind: 'finding', id: '70000000-0000-7000-8000-000000000001', question: 1, topic: 'EDU', quotes: cites, against: [], sentences: [{ id: '70000000-0000-7000-8000-000000000101', text: 'Houses are dry.', lang: 'en', cites, figures: {} }] }
  const send = async <Answer>(method: 'PUT' | 'POST', path: string, payload: object) => (await server.app.inject({ method, url: `/api/v1${path}`, headers: { ...ruth.headers, ...(await ruth.proof(method, path, payload)) }, payload })).json<Answer>()
  // An edit that waits to be read when the issue is published takes nothing from it.
  const revise = (at: number, set: object) => awa.push([awa.change('revise', { set, unset: [], answers: [] } as never, { entryId: records[at]?.entryId as never, base: records[at]?.id as never })])
  await revise(3, { quote: 'Said by somebody, house 3.' })
  await send('PUT', '/reports/draft', { from: '2026-02-01', to: '2026-02-28', next: null, was: 0 })
  await send('PUT', `/reports/draft/parts/${part.id}`, { part, place: 1, was: 0 })
  const { slug } = await send<PublishResponse>('POST', '/reports/draft/publish', { settings: 1, parts: [{ id: part.id, version: 1 }] })
  const files = async () => Promise.all(['?language=en', '/report.json', '/changes.csv?language=en'].map(async (path) => (await server.app.inject({ url: `/r/${slug}${path}` })).body))
  const houses = async () => (await files()).slice(0, 2).map((body) => [0, 1, 2, 3].filter((n) => body.includes(`Jean Pierre, house ${n}`)))
  expect(await houses()).toEqual([[0, 1, 2, 3], [0, 1, 2, 3]])
  await revise(0, { quote: 'Said by somebody, house 0.' })
  await ruth.push([ruth.change('correct', { set: { quote: 'Said by somebody, house 1.' }, unset: [] }, { entryId: records[1]?.entryId as never, base: records[1]?.id as never })])
  await revise(2, { severity: 5 })
  expect(await houses()).toEqual([[2, 3], [2, 3]])
  const [page = '', data = '', changes = ''] = await files()
  expect(JSON.parse(data)).toMatchObject({ gone: [], withoutWords: ['C-000001', 'C-000002'] })
  for (const body of [page, changes]) expect(body.match(/C-00000\d: words of this entry that stood here have been changed since/g)).toHaveLength(2)
  expect(page).not.toContain('The issue as data stays as it was published')
  await server.close()
})

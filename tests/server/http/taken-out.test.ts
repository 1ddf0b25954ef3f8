import { expect, it } from 'vitest'
import { hashContent } from '#protocol/chain.ts'
import type { PublishResponse } from '#protocol/written-report.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'

const digest = (text: string) => Promise.resolve(sha256Of(text))

it.each(databases)('[DO830] what its author takes out of an approved entry stands in no next issue and no file, on %s', async (database) => {
  const server = await startTestServer({ database })
  const [ruth, awa] = [await server.join('coordinator'), await server.join('volunteer')]
  const records = Array.from({ length: 6 }, (_, n) => awa.change('record', { content: aChallenge({ observedOn: '2026-02-26', placeName: `Well ${n}`, lat: 18.5, lon: -72.3, consentPlace: true, quote: `I am Marie ${n}.`, quoteRole: 'mother', consentQuote: true }) }))
  await awa.push(records)
  const hashes = await Promise.all(records.map(({ body }) => hashContent({ content: (body as { readonly content: never }).content, corrections: {} }, digest)))
  await ruth.push(records.map(({ id, entryId }, n) => ruth.change('decide', { revision: id, contentHash: hashes[n] as never, verdict: 'approve', questions: [] }, { entryId, base: id })))
  const working = async () => (await server.app.inject({ url: '/api/v1/reports/working?from=2026-02-01&to=2026-02-28&language=en', headers: ruth.headers })).body
  const file = async (query: string) => (await server.app.inject({ url: `/api/v1/export?${query}`, headers: { ...ruth.headers, ...(await ruth.proof('GET', `/export?${query}`)) } })).body
  expect([(await working()).includes('I am Marie'), (await file('format=json')).includes('I am Marie 0')]).toEqual([true, true])
  // As the phone writes it where the author says that nobody can be recognised, and chooses the region for the place.
  await awa.push(records.map(({ id, entryId }) => awa.change('revise', { set: { consentBasis: 'no_person' }, unset: ['quote', 'quoteRole', 'consentQuote', 'consentPlace', 'placeName', 'lat', 'lon'], answers: [] } as never, { entryId, base: id })))
  await server.app.inject({ method: 'PUT', url: '/api/v1/reports/draft', headers: ruth.headers, payload: { from: '2026-02-01', to: '2026-02-28', next: null, was: 0 } })
  const [path, payload] = ['/reports/draft/publish', { settings: 1, parts: [] }]
  const { slug } = (await server.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: { ...ruth.headers, ...(await ruth.proof('POST', path, payload)) }, payload })).json<PublishResponse>()
  const [page, data] = [await server.app.inject({ url: `/r/${slug}?language=en` }), await server.app.inject({ url: `/r/${slug}/report.json` })]
  for (const text of [await working(), page.body, data.body, await file('format=json'), await file('format=csv&kind=challenge'), await file('format=geojson')]) {
    for (const taken of ['I am Marie', 'Well 0', '18.5']) expect(text.includes(taken)).toBe(false)
  }
  // They count as before.
  expect((await working()).includes('6 challenges reported')).toBe(true)
  await server.close()
})

it.each(databases)('[RE832] a published quotation goes once its author has taken out who said it, and stays where nobody was named, on %s', async (database) => {
  const server = await startTestServer({ database })
  const [ruth, awa] = [await server.join('coordinator'), await server.join('volunteer')]
  const record = (about: Partial<ReturnType<typeof aChallenge>>) => awa.change('record', { content: aChallenge({ observedOn: '2026-02-26', consentQuote: true, ...about } as never) })
  const records = [record({ quote: 'We wait for water.', quoteRole: 'the midwife of the camp' }), record({ quote: 'The road is cut.', topic: 'MOB' } as never)]
  await awa.push(records)
  const hashes = await Promise.all(records.map(({ body }) => hashContent({ content: (body as { readonly content: never }).content, corrections: {} }, digest)))
  await ruth.push(records.map(({ id, entryId }, n) => ruth.change('decide', { revision: id, contentHash: hashes[n] as never, verdict: 'approve', questions: [] }, { entryId, base: id })))
  await server.app.inject({ method: 'PUT', url: '/api/v1/reports/draft', headers: ruth.headers, payload: { from: '2026-02-01', to: '2026-02-28', next: null, was: 0 } })
  const [path, payload] = ['/reports/draft/publish', { settings: 1, parts: [] }]
  const { slug } = (await server.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: { ...ruth.headers, ...(await ruth.proof('POST', path, payload)) }, payload })).json<PublishResponse>()
  const said = async () => {
    const { body } = await server.app.inject({ url: `/r/${slug}?language=en` })
    return ['We wait for water.', 'the midwife of the camp', 'The road is cut.'].map((words) => body.includes(words))
  }
  expect(await said()).toEqual([true, true, true])
  await awa.push(records.map(({ id, entryId }) => awa.change('revise', { set: {}, unset: ['quoteRole'], answers: [] } as never, { entryId, base: id })))
  expect(await said()).toEqual([false, false, true])
  await server.close()
})

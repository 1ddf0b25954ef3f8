import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { NearResponse } from '#protocol/near.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const well = 'The well at the market is dry. Women walk two hours to the river for water, and the water there makes the children ill.'

describe('what an entry has to do with others, over HTTP', () => {
  let server: TestServer
  let ruth: ScriptDevice
  let awa: ScriptDevice
  let first: ChangeEnvelope
  let second: ChangeEnvelope
  let school: ChangeEnvelope
  let truck: ChangeEnvelope
  const call = async (device: ScriptDevice, method: 'GET' | 'PUT', path: string, body?: unknown) => {
    const { status, text } = await server.send(`/api/v1${path}`, { method, headers: { authorization: `Bearer ${device.joined.session?.token ?? ''}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return { status, body: (text === '' ? null : JSON.parse(text)) as unknown }
  }
  const near = async ({ entryId }: ChangeEnvelope) => (await call(ruth, 'GET', `/entries/${entryId}/near`)).body as NearResponse

  beforeAll(async () => {
    server = await startTestServer()
    ruth = await server.join('coordinator')
    awa = await server.join('volunteer')
    const moussa = await server.join('volunteer', { name: 'Moussa' })
    const place = { topic: 'WSH' as const, placeName: 'Croix-des-Bouquets market', adm1Name: 'Ouest' }
    first = awa.change('record', { content: aChallenge({ ...place, description: well }) })
    school = awa.change('record', { content: aChallenge() })
    truck = awa.change('record', { content: anAction({ ...place, actionType: ['distribution'], startOn: '2026-02-27', observedOn: '2026-02-28', description: 'A tanker brings clean water to the market well every morning for the women and their children.' }) })
    second = moussa.change('record', { content: aChallenge({ ...place, observedOn: '2026-02-27', lang: 'fr', description: 'Le puits du marché est à sec. Les femmes marchent deux heures pour chercher de l’eau à la rivière ; les enfants tombent malades.' }) })
    await awa.push([first, school, truck])
    await moussa.push([second])
  })
  afterAll(() => server.close())

  it('[SE150] suggests a second source and an action that may answer, each with reasons and its row', async () => {
    const { same, answers, rows, compared } = await near(first)
    expect(same.map(({ id, kind }) => [id, kind])).toEqual([[second.entryId, 'sameAs']])
    expect(same[0]?.reasons.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['samePlace', 'days', 'sameTopic', 'speakOf']))
    expect(answers.map(({ id }) => id)).toEqual([truck.entryId])
    expect(rows.map(({ id }) => id).toSorted()).toEqual([second.entryId, truck.entryId].toSorted())
    expect(compared).toBeGreaterThanOrEqual(2)
    expect((await near(truck)).answers.map(({ id }) => id)).toEqual(expect.arrayContaining([first.entryId]))
    expect((await near(school)).same).toEqual([])
  })

  it('[SE150] a country that stands where a place is asked for is no place that two could share', async () => {
    const inHaiti = (description: string) => awa.change('record', { content: aChallenge({ topic: 'FSC', placeName: 'Haiti', adm1Name: 'Haiti', description }) })
    const [one, other] = [inHaiti('We have had no food since the earthquake. We are dying of hunger.'), inHaiti('My phone card is finished and I cannot find any food to eat.')]
    await awa.push([one, other])
    const reasons = (await near(one)).same.flatMap((suggestion) => suggestion.reasons.map(({ kind }) => kind))
    expect(reasons.filter((kind) => kind === 'samePlace' || kind === 'sameRegion')).toEqual([])
  })

  it('[SE151] what is tied is suggested no more and stands under both, with the step that tied it', async () => {
    const link = ruth.change('link', { to: first.entryId, kind: 'answers', coverage: 'partly' }, { entryId: truck.entryId, base: null })
    await ruth.push([link])
    const tied = { change: link.id, kind: 'answers', coverage: 'partly' }
    expect((await near(first)).answers).toEqual([])
    expect((await near(first)).linkedFrom).toEqual([{ ...tied, id: truck.entryId }])
    expect((await near(truck)).linksTo).toEqual([{ ...tied, id: first.entryId }])
    await ruth.push([ruth.change('unlink', { link: link.id }, { entryId: truck.entryId, base: null })])
    expect((await near(first)).linkedFrom).toEqual([])
    expect((await near(first)).answers.map(({ id }) => id)).toEqual([truck.entryId])
  })

  it('[SE152] a coordinator’s word that two have nothing to do with each other holds for both and for everybody, and can be taken back', async () => {
    expect((await call(ruth, 'PUT', `/entries/${first.entryId}/apart`, { other: second.entryId, as: 'same', apart: true })).status).toBe(204)
    expect([(await near(first)).same, (await near(second)).same]).toEqual([[], []])
    expect((await near(first)).answers).toHaveLength(1)
    expect((await call(ruth, 'PUT', `/entries/${second.entryId}/apart`, { other: first.entryId, as: 'same', apart: false })).status).toBe(204)
    expect((await near(first)).same).toHaveLength(1)
  })

  it('[SE153] is for who reads and reviews alone, and names no entry that is not there', async () => {
    expect((await call(awa, 'GET', `/entries/${first.entryId}/near`)).status).toBe(403)
    expect((await call(awa, 'PUT', `/entries/${first.entryId}/apart`, { other: second.entryId, as: 'same', apart: true })).status).toBe(403)
    expect((await call(ruth, 'GET', '/entries/0190a0b0-0000-7000-8000-00000000000a/near')).status).toBe(404)
    expect((await call(ruth, 'PUT', `/entries/${first.entryId}/apart`, { other: first.entryId, as: 'same', apart: true })).status).toBe(404)
    expect((await call(ruth, 'PUT', `/entries/${first.entryId}/apart`, { other: '0190a0b0-0000-7000-8000-00000000000a', as: 'same', apart: true })).status).toBe(404)
    expect((await call(ruth, 'PUT', `/entries/${first.entryId}/apart`, { other: second.entryId, as: 'else', apart: true })).status).toBe(400)
  })
})

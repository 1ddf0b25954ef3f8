import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EntriesResponse } from '#protocol/desk.ts'
import type { SavedViewsResponse } from '#protocol/saved-view.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const views = ['0190a0b0-0000-7000-8000-00000000000a', '0190a0b0-0000-7000-8000-00000000000b']

describe('lists of the desk over HTTP', () => {
  let server: TestServer
  let ruth: ScriptDevice
  let jean: ScriptDevice
  const call = async (device: ScriptDevice, method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown) => {
    const { status, text } = await server.send(`/api/v1${path}`, { method, headers: { authorization: `Bearer ${device.joined.session?.token ?? ''}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return { status, body: (text === '' ? null : JSON.parse(text)) as unknown }
  }
  const list = async (query: string) => (await call(ruth, 'GET', `/entries?${query}`)).body as EntriesResponse

  beforeAll(async () => {
    server = await startTestServer()
    ruth = await server.join('coordinator')
    jean = await server.join('coordinator', { name: 'Jean' })
    const awa = await server.join('volunteer', { organisation: 'Fanm, Vanyan' })
    await awa.push([awa.change('record', { content: aChallenge() }), awa.change('record', { content: aChallenge({ topic: 'HEA', adm1Name: 'Nord, Est' }) }), awa.change('record', { content: anAction() })])
  })
  afterAll(() => server.close())

  it('[SE100] several values of one filter are alternatives, by repeated keys or commas; names keep their commas', async () => {
    expect((await list('topic=EDU&topic=HEA')).total).toBe(3)
    expect((await list('topic=EDU,HEA&kind=challenge')).total).toBe(2)
    expect((await list('organisation=Fanm,%20Vanyan')).total).toBe(3)
    expect((await list('adm1=Nord,%20Est')).total).toBe(1)
    expect((await list('limit=0&facets=topic,organisation,nonsense')).facets).toEqual({ topic: { EDU: 2, HEA: 1 }, organisation: { 'Fanm, Vanyan': 3 } })
  })

  it('[SE461] the entries of one phone are asked for by its id, and counted as their facet says, whoever asks without naming a device', async () => {
    const { facets } = await list('limit=0&facets=device')
    const [phone = ''] = Object.keys(facets.device ?? {})
    expect([(await call(ruth, 'GET', `/entries?device=${phone}`)).status, (await list(`device=${phone}`)).total]).toEqual([200, 3])
    expect((await call(ruth, 'GET', `/overview?device=${phone}`)).body).toMatchObject({ total: 3 })
    expect(await list('device=nobody')).toMatchObject({ total: 0 })
  })

  it('[SE402] an entry that is asked for by half an id is not there, which the desk says', async () => {
    const answers = await Promise.all(['0190a0b0-0000-7000-8000-0000', 'xyz', '%F0%9F%92%A7', views[0] ?? ''].map((id) => call(ruth, 'GET', `/entries/${id}`)))
    expect(answers).toMatchObject(answers.map(() => ({ status: 404, body: { code: 'not-found' } })))
  })

  it('[SE101] one request counts several lists in order, and no more than forty', async () => {
    const of = ['topic=HEA', '', 'kind=challenge&q=croix'].map((query) => `of=${encodeURIComponent(query)}`).join('&')
    expect((await call(ruth, 'GET', `/entries/counts?${of}`)).body).toEqual({ counts: [1, 3, 2] })
    expect((await call(ruth, 'GET', '/entries/counts')).body).toEqual({ counts: [] })
    expect((await call(ruth, 'GET', `/entries/counts?${Array.from({ length: 41 }, () => 'of=').join('&')}`)).status).toBe(400)
    expect((await call(ruth, 'GET', `/entries/counts?of=${encodeURIComponent('sort=sideways')}`)).status).toBe(400)
  })

  it('[CO266] a list is narrowed by who acts, the empty name too, and counted by it', async () => {
    const asked = ['doer=fanm-vanyan', 'doer=Vanyan', 'doer=', ''].map((doer) => `kind=action&kind=challenge&${doer}`)
    const totals = []
    for (const query of asked) totals.push((await list(query)).total)
    expect(totals).toEqual([1, 0, 2, 3])
    const of = asked.map((query) => `of=${encodeURIComponent(query)}`).join('&')
    expect((await call(ruth, 'GET', `/entries/counts?${of}`)).body).toEqual({ counts: totals })
    expect((await call(ruth, 'GET', `/entries?doer=${'x'.repeat(201)}`)).status).toBe(400)
  })

  it('[CO263] a list of what the report counts holds nothing that nobody has approved', async () => {
    expect((await list('counted=yes')).total).toBe(0)
    expect((await call(ruth, 'GET', '/entries?counted=no')).status).toBe(400)
  })

  it('[SE102] no page is longer than two hundred entries, and each goes on behind the last', async () => {
    expect((await call(ruth, 'GET', '/entries?limit=201')).status).toBe(400)
    const first = await list('limit=2&sort=newest')
    const second = await list(`limit=2&sort=newest&after=${first.next ?? ''}`)
    expect([first.entries.length, second.entries.length, second.next]).toEqual([2, 1, null])
    expect(new Set([...first.entries, ...second.entries].map(({ id }) => id)).size).toBe(3)
  })

  it('[SE103] a view is its coordinator’s own, on every device, named anew under its id, and gone when it was removed', async () => {
    const [id = ''] = views
    expect((await call(ruth, 'PUT', `/views/${id}`, { name: ' Wells ', search: 'topic=WSH' })).status).toBe(204)
    expect((await call(ruth, 'PUT', `/views/${id}`, { name: 'Water', search: 'topic=WSH&sort=severity' })).status).toBe(204)
    expect((await call(ruth, 'GET', '/views')).body).toEqual({ views: [{ id, name: 'Water', search: 'topic=WSH&sort=severity' }] } satisfies SavedViewsResponse)
    expect((await call(jean, 'GET', '/views')).body).toEqual({ views: [] })
    expect((await call(jean, 'PUT', `/views/${id}`, { name: 'Mine', search: '' })).status).toBe(422)
    await call(jean, 'DELETE', `/views/${id}`)
    expect((await call(ruth, 'GET', '/views')).body).toMatchObject({ views: [{ name: 'Water' }] })
    expect((await call(ruth, 'PUT', `/views/${id}`, { name: '  ', search: '' })).status).toBe(400)
    expect((await call(ruth, 'DELETE', `/views/${id}`)).status).toBe(204)
    expect((await call(ruth, 'GET', '/views')).body).toEqual({ views: [] })
  })
})

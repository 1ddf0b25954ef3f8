import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemStatus } from '#protocol/problem.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const isDeep = process.env['TERRAIN_TEST'] === 'deep'
/** What can be malformed is nearly all refused before the database is asked. */
const runsOn = { SQLite: isDeep ? 200_000 : 10_000, PostgreSQL: isDeep ? 50_000 : 500 }

/** Something near a real request, with one or more places replaced by what nobody should send. */
const junk = fc.oneof(
  fc.constantFrom(null, true, -1, 0, 1e308, 2 ** 53, '', ' ', '\u0000', '\ud800', '../../etc/passwd', "' OR 1=1 --", '=1+1', '__proto__', 'constructor', [], {}, [[[[]]]], { __proto__: { x: 1 } }),
  fc.string({ unit: 'binary', maxLength: 200 }), fc.integer(), fc.double(), fc.array(fc.jsonValue(), { maxLength: 5 }), fc.jsonValue(),
)

describe.each(databases)('malformed requests, on %s', (database) => {
  const runs = runsOn[database]
  let server: TestServer
  let token: string
  let good: readonly unknown[]
  let urls: readonly string[]

  beforeAll(async () => {
    server = await startTestServer({ database })
    const coordinator = await server.join('coordinator')
    token = coordinator.joined.session?.token ?? ''
    const record = coordinator.change('record', { content: aChallenge() })
    good = [await coordinator.requestFor([record]), { role: 'volunteer', uses: 1 }, { invite: 'x'.repeat(22), name: 'A', language: 'en', device: { id: coordinator.deviceId, publicKey: coordinator.publicKey, label: '' } }, { deviceId: coordinator.deviceId, credential: 'a.b', challenge: 'a.b.c', sig: 'x'.repeat(86) }, { format: 'terrain-bundle', v: 1, runs: [], files: [] }, { epoch: '', campaignId: server.campaign.id, deviceId: coordinator.deviceId, id: null, bytes: 'AAAA' }]
    urls = server.routes.filter((route) => route.includes(' /api/'))
  })
  afterAll(() => server.close())

  it(`[SE23] none of ${runs} malformed requests is answered with a 5xx, and each refusal is problem+json with a known code`, { timeout: 240_000 + runs * 10 }, async () => {
    const request = fc.record({
      route: fc.nat(), fill: fc.oneof(fc.constantFrom('x', '%00', '%ff', '..%2f..', 'a'.repeat(400), '0190a0b0-0000-7000-8000-000000000000', 'a'.repeat(64)), fc.string({ maxLength: 40 })),
      query: fc.array(fc.tuple(fc.constantFrom('kind', 'state', 'severity', 'after', 'limit', 'q', 'sort', 'facets', 'format', 'width', 'from', 'campaignId'), fc.string({ maxLength: 30 })), { maxLength: 3 }),
      body: fc.oneof(
        { weight: 4, arbitrary: fc.tuple(fc.nat(), fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 3 })).map(([which, swaps]) => () => JSON.stringify(mangled(good[which % good.length], swaps))) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map((text) => () => text) },
        { weight: 1, arbitrary: fc.constantFrom('[', '{"a":', '[['.repeat(20_000), '{"__proto__":{"a":1}}', 'null', '""').map((text) => () => text) },
      ),
      type: fc.constantFrom('application/json', 'application/json', 'application/json', 'text/csv', 'text/plain', 'application/offset+octet-stream', 'multipart/form-data', 'x'),
      extra: fc.dictionary(fc.constantFrom('upload-length', 'upload-offset', 'upload-metadata', 'tus-resumable', 'content-encoding', 'accept-encoding', 'if-none-match', 'range', 'cookie', 'authorization'), fc.oneof(fc.constantFrom('1.0.0', '0', '-1', '9999999999', 'sha256 YQ==,type YQ==', 'gzip', 'br', 'bytes=0-1', 'terrain=x'), fc.string({ unit: fc.constantFrom(...'abc 019-=;,"%/'), maxLength: 20 })), { maxKeys: 3 }),
      signedIn: fc.boolean(),
    })
    const codes = new Set(Object.keys(problemStatus))
    await fc.assert(fc.asyncProperty(request, async ({ route, fill, query, body, type, extra, signedIn }) => {
      const [method = 'GET', pattern = '/'] = (urls[route % urls.length] ?? '').split(' ')
      const search = new URLSearchParams(query.map(([key, value]) => [key, value])).toString()
      const payload = method === 'GET' || method === 'HEAD' ? undefined : body()
      const response = await server.app.inject({
        method: method as 'GET', url: `${pattern.replace(/:[a-z0-9]+/, encodeURI(fill.replaceAll('\\', '')).replaceAll('?', ''))}${search === '' ? '' : `?${search}`}`,
        headers: { 'x-terrain': '1', ...(payload === undefined ? {} : { 'content-type': type }), ...extra, ...(signedIn ? { authorization: `Bearer ${token}` } : {}) }, ...(payload === undefined ? {} : { payload }),
      })
      if (response.statusCode >= 500) throw new Error(`${method} ${pattern} answered ${response.statusCode}: ${response.body}`)
      if (response.statusCode < 400 || method === 'HEAD') return
      const problem = response.json<{ code: string; status: number }>()
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/)
      expect([codes.has(problem.code), problem.status]).toEqual([true, response.statusCode])
    }), { numRuns: runs })
  })
})

/** A deep copy with the n-th places replaced by junk. */
/** Junk is copied in: two swaps may meet, and an array that holds itself has no JSON. */
function mangled(value: unknown, swaps: readonly (readonly [number, unknown])[]): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(value))
  for (const [nth, junkValue] of swaps) {
    const places: [Record<string, unknown>, string][] = []
    collect(copy, places)
    const place = places[nth % Math.max(1, places.length)]
    if (place !== undefined) place[0][place[1]] = structuredClone(junkValue)
  }
  return copy
}

function collect(value: unknown, places: [Record<string, unknown>, string][]): void {
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) {
    places.push([value as Record<string, unknown>, key])
    collect((value as Record<string, unknown>)[key], places)
  }
}

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemStatus } from '#protocol/problem.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { asking } from '../../support/api-calls/asking.ts'
import type { ApiCall, Asking } from '../../support/api-calls/asking.ts'
import { apiCalls } from '../../support/api-calls/calls.ts'
import { databases } from '../../support/databases.ts'
import { bentRequests } from '../../support/fuzzed-requests.ts'
import type { Bent } from '../../support/fuzzed-requests.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { SteppedClock, TestServer } from '../../support/test-server.ts'

const isDeep = process.env['TERRAIN_TEST'] === 'deep'
/** What can be malformed is nearly all refused before the database is asked. */
const runsOn = { SQLite: isDeep ? 200_000 : 5000, PostgreSQL: isDeep ? 50_000 : 500 }
/** More than what is kept for the next request on purpose; what leaks a kilobyte each would be far beyond it when deep. */
const mostGrowth = 48 * 1024 * 1024

describe.each(databases)('malformed requests, on %s', (database) => {
  const runs = runsOn[database]
  let server: TestServer
  let people: Readonly<Record<'coordinator' | 'volunteer', ScriptDevice>>
  let calls: readonly (readonly [string, ApiCall])[]

  beforeAll(async () => {
    server = await startTestServer({ database })
    const about = await asking(server, 'coordinator', 'own')
    people = { coordinator: about.caller, volunteer: await server.join('volunteer') }
    const all: (readonly [string, ApiCall])[] = []
    // One after the other: two of them publish, and of two at once one would be told that somebody else has.
    for (const [route, make] of Object.entries(apiCalls)) all.push([route, await make(about)])
    all.push(...(await readable(about)))
    // Those that draw a document, half a second each, come up seldom.
    calls = all.flatMap((call) => (call[0].endsWith('/working') || call[0].endsWith('.docx') ? [call] : Array.from({ length: 8 }, () => call)))
  }, 60_000)
  afterAll(() => server.close())

  /** A report that stands at an address for anybody, and everything that hangs on it. */
  async function readable({ caller }: Asking): Promise<readonly (readonly [string, ApiCall])[]> {
    const { issues } = (await caller.get('/reports/draft')) as { readonly issues: readonly { readonly slug: string }[] }
    const slug = issues[0]?.slug ?? ''
    const routes = server.routes.filter((route) => route.startsWith('GET /r/'))
    expect([slug === '', routes.length]).toEqual([false, 7])
    return routes.map((route) => [route, { path: route.slice('GET '.length).replace(':slug', slug).replace(':photo', 'a'.repeat(64)) }])
  }

  async function answerTo({ method, path, payload, signed, headers, as, isProved }: Bent) {
    const who = as === 'nobody' ? {} : { authorization: people[as].headers['authorization'] ?? '' }
    // So that what is counted by the minute refuses few of them.
    ;(server.context.clock as SteppedClock).advance(1000)
    // What has no canonical form no device signs.
    const proof = isProved && as !== 'nobody' ? await people[as].proof(method, path, signed).catch(() => ({})) : {}
    return server.app.inject({ method: method as 'GET', url: path.startsWith('/r/') ? path : `/api/v1${path}`, headers: { 'x-terrain': '1', ...proof, ...who, ...headers }, ...(payload === undefined ? {} : { payload }) })
  }

  /** Among these requests are some that end the membership of who sends them. */
  async function joinAgainIfEnded(as: 'coordinator' | 'volunteer'): Promise<void> {
    const { statusCode } = await server.app.inject({ url: '/api/v1/me', headers: { authorization: people[as].headers['authorization'] ?? '' } })
    if (statusCode === 401) people = { ...people, [as]: (await asking(server, as, 'own')).caller }
  }

  it(`[SE23] none of ${runs} malformed requests is answered with a 5xx, each refusal is problem+json with a known code, and memory stays`, { timeout: 240_000 + runs * 20 }, async () => {
    const codes = new Set(Object.keys(problemStatus))
    const statuses = new Map<number, number>()
    let [asked, afterSome] = [0, 0]
    await fc.assert(fc.asyncProperty(bentRequests(calls), async (bent) => {
      const response = await answerTo(bent)
      asked += 1
      if (asked === Math.floor(runs / 2)) afterSome = heapBytes()
      statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1)
      if (response.statusCode >= 500) throw new Error(`${bent.method} ${bent.path} answered ${response.statusCode}: ${response.body}`)
      if (response.statusCode === 401 && bent.as !== 'nobody') await joinAgainIfEnded(bent.as)
      if (response.statusCode < 400 || bent.method === 'HEAD') return
      const problem = response.json<{ code: string; status: number }>()
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/)
      expect([codes.has(problem.code), problem.status]).toEqual([true, response.statusCode])
    }), { numRuns: runs })
    expect(heapBytes() - afterSome).toBeLessThan(mostGrowth)
    // Neither all at the door nor all let through: each of these was reached many times.
    for (const status of [200, 400, 401, 403, 404]) expect([status, (statuses.get(status) ?? 0) > runs / 200]).toEqual([status, true])
  })
})

/** What is held after everything that can go has gone. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  if (typeof gc === 'function') gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

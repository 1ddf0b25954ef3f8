import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databasesWhenDeep } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'
import { asking, bare, whoses } from '../../support/api-calls/asking.ts'
import type { ApiCall, Asking, Whose } from '../../support/api-calls/asking.ts'
import { apiCalls, provedRoutes } from '../../support/api-calls/calls.ts'

/** What a call is answered about one's own, somebody else's of the same campaign, and another campaign's; one number where nothing of anybody's is named. */
type Cell = number | readonly [own: number, other: number, foreign: number]
interface Row {
  readonly nobody: number
  readonly volunteer: Cell
  readonly coordinator: Cell
}

const anyone = (status: Cell): Row => ({ nobody: typeof status === 'number' ? status : status[0], volunteer: status, coordinator: status })
const members = (volunteer: Cell, coordinator: Cell = volunteer): Row => ({ nobody: 401, volunteer, coordinator })
const desk = (coordinator: Cell): Row => ({ nobody: 401, volunteer: typeof coordinator === 'number' ? 403 : [403, 403, 403], coordinator })

/** A route that is not in this table fails the test, so nobody adds one without saying who may call it about whom. */
const table: Readonly<Record<string, Row>> = {
  'GET /api/v1/openapi.json': anyone(200),
  'GET /api/v1/health': anyone(200),
  'GET /api/v1/ready': anyone(200),
  'POST /api/v1/join': anyone(201),
  'POST /api/v1/join/look': anyone(200),
  'GET /api/v1/session/challenge': anyone(200),
  // A session is had for the key that one holds, of whatever campaign.
  'POST /api/v1/session': { nobody: 200, volunteer: [200, 401, 401], coordinator: [200, 401, 401] },
  'GET /api/v1/me': members(200),
  'POST /api/v1/devices/rotate': members([201, 409, 409]),
  'POST /api/v1/devices/move': members(201),
  'POST /api/v1/sync': members([200, 401, 404]),
  'POST /api/v1/sync/quarantine': members([200, 401, 404]),
  'GET /api/v1/quarantine': desk(200),
  'GET /api/v1/alarms': desk(200),
  'POST /api/v1/settlements': desk(204),
  'POST /api/v1/campaigns': desk(201),
  'GET /api/v1/campaigns/:id': desk([200, 200, 404]),
  'PATCH /api/v1/campaigns/:id': desk([200, 200, 404]),
  // For an entry of somebody else it lies there and is shown to nobody until their own words name it.
  'POST /api/v1/files': members([201, 201, 404]),
  'PATCH /api/v1/files/:upload': members([204, 404, 404]),
  'HEAD /api/v1/files/:upload': members([200, 404, 404]),
  'GET /api/v1/files/:sha256': members([200, 404, 404], [200, 200, 404]),
  'GET /api/v1/entries': desk(200),
  'GET /api/v1/overview': desk(200),
  'GET /api/v1/entries/:id': desk([200, 200, 404]),
  'GET /api/v1/entries/:id/near': desk([200, 200, 404]),
  'PUT /api/v1/entries/:id/apart': desk([204, 204, 404]),
  'POST /api/v1/assignments': desk([200, 200, 404]),
  'GET /api/v1/reviewers': desk(200),
  'GET /api/v1/entries/counts': desk(200),
  'GET /api/v1/views': desk(200),
  // Names of views are each campaign's own.
  'PUT /api/v1/views/:id': desk([204, 422, 204]),
  // What is not one's own is not there, and so it is gone already.
  'DELETE /api/v1/views/:id': desk([204, 204, 204]),
  'GET /api/v1/fresh': desk(200),
  'GET /api/v1/members': desk(200),
  'PATCH /api/v1/members/:id': desk([403, 204, 404]),
  'POST /api/v1/members/:id/erase': desk([403, 200, 404]),
  'GET /api/v1/members/:id/held': desk([200, 200, 404]),
  'PUT /api/v1/members/:id/aside': desk([403, 200, 404]),
  'DELETE /api/v1/members/:id/aside': desk([200, 200, 404]),
  'GET /api/v1/devices': desk(200),
  'DELETE /api/v1/devices/:id': desk([204, 204, 404]),
  'POST /api/v1/invites': desk(201),
  'GET /api/v1/invites': desk(200),
  'DELETE /api/v1/invites/:id': desk([204, 204, 404]),
  // Anybody may carry what anybody of the campaign has sealed.
  'POST /api/v1/import': members([200, 200, 422]),
  'POST /api/v1/import/parts/:id': members(200),
  'GET /api/v1/export': desk(200),
  'GET /api/v1/reports/working': desk(200),
  'GET /api/v1/reports/draft': desk(200),
  'PUT /api/v1/reports/draft': desk(200),
  'GET /api/v1/reports/draft/evidence': desk(200),
  'PUT /api/v1/reports/draft/parts/:id': desk(200),
  'DELETE /api/v1/reports/draft/parts/:id': desk(204),
  'POST /api/v1/reports/draft/publish': desk(201),
  'POST /api/v1/reports/issues/:number/corrections': desk(204),
  'GET /api/v1/reports/draft/figures': desk(200),
  'GET /api/v1/reports/used': members(200),
  'GET /api/v1/audit': desk(200),
  'GET /api/v1/audit/export': desk(200),
}

describe.each(databasesWhenDeep)('authority, on %s', (database) => {
  let server: TestServer
  let routes: readonly string[]

  beforeAll(async () => {
    server = await startTestServer({ database })
    await server.app.ready()
    routes = server.routes.filter((route) => route.includes(' /api/') && !(route.startsWith('HEAD ') && !route.includes(':upload')) && !route.startsWith('OPTIONS '))
  })
  afterAll(() => server.close())

  /** `proof`: whether the device's key is asked, as it is where the route wants it. */
  async function answered(about: Asking, route: string, { path, body, headers }: ApiCall, { session = true, proof = provedRoutes.includes(route) } = {}): Promise<number> {
    const [method = 'GET'] = route.split(' ')
    const signed = proof ? await about.caller.proof(method, path, body ?? null) : {}
    const { authorization = '', ...who } = bare(about.caller)
    const payload = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body)
    const type = payload === undefined || headers !== undefined ? {} : { 'content-type': 'application/json' }
    const response = await server.app.inject({ method: method as 'GET', url: `/api/v1${path}`, headers: { ...who, ...type, ...headers, ...signed, ...(session ? { authorization } : {}) }, ...(payload === undefined ? {} : { payload }) })
    return response.statusCode
  }

  async function asked(route: string, role: 'volunteer' | 'coordinator', whose: Whose): Promise<{ readonly about: Asking; readonly call: ApiCall }> {
    const about = await asking(server, role, whose)
    const call = await apiCalls[route]?.(about)
    if (call === undefined) throw new Error(`nobody knows how ${route} is asked`)
    return { about, call }
  }

  it('[SE20] every route of the API stands in the table of who may call it', () => {
    expect(routes.filter((route) => !Object.hasOwn(table, route))).toEqual([])
    expect(Object.keys(table).filter((route) => !routes.includes(route))).toEqual([])
    expect(Object.keys(apiCalls)).toEqual(Object.keys(table))
    expect(provedRoutes.filter((route) => !routes.includes(route))).toEqual([])
  })

  it.each(Object.keys(table))('[SE21] %s answers a good request of each role about its own, others’ and another campaign’s as the table says', async (route) => {
    const row = table[route]
    const [got, wanted]: [unknown[], unknown[]] = [[], []]
    for (const role of ['volunteer', 'coordinator'] as const) {
      const cell = row?.[role] ?? 0
      for (const [at, whose] of (typeof cell === 'number' ? (['own'] as const) : whoses).entries()) {
        const { about, call } = await asked(route, role, whose)
        const status = (typeof cell === 'number' ? cell : cell[at]) ?? 0
        // Without the key first, because the call may be done only once.
        const isProved = provedRoutes.includes(route) && status < 300
        got.push([role, whose, isProved ? await answered(about, route, call, { proof: false }) : null, await answered(about, route, call)])
        wanted.push([role, whose, isProved ? 403 : null, status])
      }
    }
    const { about, call } = await asked(route, 'coordinator', 'own')
    expect([...got, ['nobody', await answered(about, route, call, { session: false })]]).toEqual([...wanted, ['nobody', row?.nobody]])
  })

  it('[SE21] a view of somebody else stays as it was, whoever renames it or takes it away', async () => {
    for (const whose of ['other', 'foreign'] as const) {
      const { about, call } = await asked('DELETE /api/v1/views/:id', 'coordinator', whose)
      const [, id = ''] = call.path.split('/views/')
      await answered(about, 'PUT /api/v1/views/:id', { path: call.path, body: { name: 'Taken', search: '' } })
      await answered(about, 'DELETE /api/v1/views/:id', call)
      expect(await about.desk.get('/views')).toMatchObject({ views: [{ id, name: 'Wells' }] })
    }
  })

  it('[SE22] a session cookie alone cannot write: a form of another site has no header of ours', async () => {
    const { caller } = await asking(server, 'coordinator', 'own')
    const token = caller.joined.session?.token ?? ''
    const response = await server.app.inject({ method: 'POST', url: '/api/v1/invites', headers: { cookie: `terrain=${token}`, 'content-type': 'application/json' }, payload: '{"role":"volunteer"}' })
    expect(response.json()).toMatchObject({ code: 'cross-site', status: 403 })
    const fromElsewhere = await server.app.inject({ method: 'POST', url: '/api/v1/invites', headers: { authorization: `Bearer ${token}`, 'sec-fetch-site': 'cross-site', 'x-terrain': '1', 'content-type': 'application/json' }, payload: '{"role":"volunteer"}' })
    expect(fromElsewhere.json()).toMatchObject({ code: 'cross-site' })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'
import { aChallenge } from '../../support/contents.ts'

/**
 * Who gets what on each route: `own` is the caller's campaign or entry. A route that is not in this table fails the test,
 * so nobody adds one without saying who may call it.
 */
type Cell = number | readonly number[]
interface Row {
  readonly nobody: Cell
  readonly volunteer: Cell
  readonly coordinator: Cell
  /** A coordinator of another campaign, asking for what belongs to this one. */
  readonly stranger: Cell
}

const anyone = (status: Cell): Row => ({ nobody: status, volunteer: status, coordinator: status, stranger: status })
const desk = (status: Cell, stranger: Cell = status): Row => ({ nobody: 401, volunteer: 403, coordinator: status, stranger })
const members = (status: Cell, stranger: Cell = status): Row => ({ nobody: 401, volunteer: status, coordinator: status, stranger })

const table: Readonly<Record<string, Row>> = {
  'GET /api/v1/health': anyone(200),
  'GET /api/v1/ready': anyone(200),
  'POST /api/v1/join': anyone(400),
  'POST /api/v1/join/look': anyone(400),
  'GET /api/v1/session/challenge': anyone(200),
  'POST /api/v1/session': anyone(400),
  'GET /api/v1/me': members(200),
  'POST /api/v1/devices/rotate': members(400),
  'POST /api/v1/devices/move': members(201),
  'POST /api/v1/sync': members(400),
  'POST /api/v1/sync/quarantine': members(400),
  'GET /api/v1/quarantine': desk(200),
  'GET /api/v1/alarms': desk(200),
  'POST /api/v1/settlements': desk(400),
  'POST /api/v1/campaigns': desk(400),
  // With an id of nobody: for everybody's own campaign see the tests of the settings.
  'GET /api/v1/campaigns/:id': desk(404),
  'PATCH /api/v1/campaigns/:id': desk(404),
  'POST /api/v1/files': members(412),
  'PATCH /api/v1/files/:upload': members(412),
  'HEAD /api/v1/files/:upload': members(412),
  'GET /api/v1/files/:sha256': members(404),
  'GET /api/v1/entries': desk(200),
  'GET /api/v1/overview': desk(200),
  'GET /api/v1/entries/:id': desk(200, 404),
  'GET /api/v1/entries/:id/near': desk(200, 404),
  'PUT /api/v1/entries/:id/apart': desk(400),
  'POST /api/v1/assignments': desk(400),
  'GET /api/v1/reviewers': desk(200),
  'GET /api/v1/entries/counts': desk(200),
  'GET /api/v1/views': desk(200),
  'PUT /api/v1/views/:id': desk(400),
  'DELETE /api/v1/views/:id': desk(204),
  'GET /api/v1/fresh': desk(200),
  'GET /api/v1/members': desk(200),
  'PATCH /api/v1/members/:id': desk(404),
  'POST /api/v1/members/:id/erase': desk(404),
  'GET /api/v1/members/:id/held': desk(404),
  'PUT /api/v1/members/:id/aside': desk(404),
  'DELETE /api/v1/members/:id/aside': desk(404),
  'GET /api/v1/devices': desk(200),
  'DELETE /api/v1/devices/:id': desk(404),
  'POST /api/v1/invites': desk(400),
  'GET /api/v1/invites': desk(200),
  'DELETE /api/v1/invites/:id': desk(404),
  'POST /api/v1/import': { nobody: 401, volunteer: 400, coordinator: 400, stranger: 400 },
  'POST /api/v1/import/parts/:id': members(400),
  'GET /api/v1/export': desk(400),
  'GET /api/v1/reports/working': desk(400),
  'GET /api/v1/reports/draft': desk(200),
  'PUT /api/v1/reports/draft': desk(400),
  'GET /api/v1/reports/draft/evidence': desk(400),
  'PUT /api/v1/reports/draft/parts/:id': desk(400),
  'DELETE /api/v1/reports/draft/parts/:id': desk(400),
  'POST /api/v1/reports/draft/publish': desk(400),
  'POST /api/v1/reports/issues/:number/corrections': desk(400),
  'GET /api/v1/reports/draft/figures': desk(400),
  'GET /api/v1/reports/used': members(200),
  'GET /api/v1/audit': desk(200),
  'GET /api/v1/audit/export': desk(400),
}

describe.each(databases)('authority, on %s', (database) => {
  let server: TestServer
  let routes: readonly string[]
  let tokens: Readonly<Record<keyof Row, string | null>>
  let entryId: string

  beforeAll(async () => {
    server = await startTestServer({ database })
    const [volunteer, coordinator, stranger] = [await server.join('volunteer'), await server.join('coordinator'), await server.joinOther('coordinator')]
    const record = volunteer.change('record', { content: aChallenge() })
    await volunteer.push([record])
    entryId = record.entryId
    tokens = { nobody: null, volunteer: volunteer.joined.session?.token ?? '', coordinator: coordinator.joined.session?.token ?? '', stranger: stranger.joined.session?.token ?? '' }
    routes = server.routes.filter((route) => route.includes(' /api/') && !(route.startsWith('HEAD ') && !route.includes(':upload')) && !route.startsWith('OPTIONS '))
  })
  afterAll(() => server.close())

  it('[SE20] every route of the API stands in the table of who may call it', () => {
    expect(routes.filter((route) => !Object.hasOwn(table, route))).toEqual([])
    expect(Object.keys(table).filter((route) => !routes.includes(route))).toEqual([])
  })

  it.each(Object.keys(table))('[SE21] %s answers each role as the table says, and a foreign campaign as if it were not there', async (route) => {
    const [method = 'GET', pattern = '/'] = route.split(' ')
    const row = table[route]
    for (const who of ['nobody', 'volunteer', 'coordinator', 'stranger'] as const) {
      const token = tokens[who]
      const url = pattern.replace('/entries/:id', `/entries/${entryId}`).replace(':sha256', 'a'.repeat(64)).replace(':upload', 'none').replace(':id', '0190a0b0-0000-7000-8000-000000000000')
      const response = await server.app.inject({ method: method as 'GET', url, headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), 'x-terrain': '1', ...(method === 'POST' && !pattern.endsWith('/files') ? { 'content-type': 'application/json' } : {}) }, ...(method === 'POST' && !pattern.endsWith('/files') ? { payload: '{}' } : {}) })
      expect([who, response.statusCode]).toEqual([who, row?.[who]])
    }
  })

  it('[SE22] a session cookie alone cannot write: a form of another site has no header of ours', async () => {
    const response = await server.app.inject({ method: 'POST', url: '/api/v1/invites', headers: { cookie: `terrain=${tokens.coordinator}`, 'content-type': 'application/json' }, payload: '{"role":"volunteer"}' })
    expect(response.json()).toMatchObject({ code: 'cross-site', status: 403 })
    const fromElsewhere = await server.app.inject({ method: 'POST', url: '/api/v1/invites', headers: { authorization: `Bearer ${tokens.coordinator}`, 'sec-fetch-site': 'cross-site', 'x-terrain': '1', 'content-type': 'application/json' }, payload: '{"role":"volunteer"}' })
    expect(fromElsewhere.json()).toMatchObject({ code: 'cross-site' })
  })
})

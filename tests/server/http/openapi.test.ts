import Fastify from 'fastify'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiPrefix } from '#protocol/version.ts'
import { describedCalls } from '#server/http/described-calls.ts'
import { asking } from '../../support/api-calls/asking.ts'
import type { ApiCall, Asking } from '../../support/api-calls/asking.ts'
import { apiCalls, provedRoutes } from '../../support/api-calls/calls.ts'
import { aChallenge } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>
}
interface Operation {
  readonly security: readonly unknown[]
  readonly parameters?: readonly { readonly name?: string; readonly in?: string; readonly required?: boolean; readonly $ref?: string }[]
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content>>
}
interface Described {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

const jsonOf = ({ content }: Content = {}) => content?.['application/json']?.schema
interface Pair {
  readonly of: string
  readonly schema: object | undefined
  readonly value: unknown
}

/** What does not fit, as a reader of JSON Schema sees it that is not ours: what the framework checks bodies by. */
async function misfitting(pairs: readonly Pair[]): Promise<readonly string[]> {
  const reader = Fastify({ bodyLimit: 10_000_000, ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false, strict: false } } })
  pairs.forEach(({ schema = false }, index) => reader.post(`/${index}`, { schema: { body: schema } }, () => 'it fits'))
  const read = await Promise.all(pairs.map(({ value }, index) => reader.inject({ method: 'POST', url: `/${index}`, headers: { 'content-type': 'application/json' }, payload: JSON.stringify(value) })))
  await reader.close()
  return pairs.flatMap(({ of }, index) => (read[index]?.statusCode === 200 ? [] : [of]))
}

describe('what the interface says of itself', () => {
  let server: TestServer
  let told: Described
  let routes: readonly string[]

  beforeAll(async () => {
    server = await startTestServer()
    await server.app.ready()
    const answer = await server.app.inject({ url: `${apiPrefix}/openapi.json` })
    told = answer.json<Described>()
    routes = server.routes.filter((route) => route.includes(' /api/') && !(route.startsWith('HEAD ') && !route.includes(':upload')) && !route.startsWith('OPTIONS '))
  })
  afterAll(() => server.close())

  const operationOf = (route: string): Operation | undefined => {
    const [method = '', url = ''] = route.split(' ')
    return told.paths[url.slice(apiPrefix.length).replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
  }

  async function asked(about: Asking, route: string, { path, body, headers }: ApiCall) {
    const [method = 'GET'] = route.split(' ')
    const proof = provedRoutes.includes(route) ? await about.caller.proof(method, path, body ?? null) : {}
    const payload = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body)
    const { authorization = '' } = about.caller.headers
    const type = payload === undefined || headers !== undefined ? {} : { 'content-type': 'application/json' }
    return server.app.inject({ method: method as 'GET', url: `${apiPrefix}${path}`, headers: { 'x-terrain': '1', authorization, ...type, ...headers, ...proof }, ...(payload === undefined ? {} : { payload }) })
  }

  it('[SE900] every call is described, and nothing that is none', () => {
    expect(told.openapi).toBe('3.1.0')
    expect(Object.keys(describedCalls).toSorted()).toEqual([...routes].toSorted())
    expect(routes.filter((route) => operationOf(route) === undefined)).toEqual([])
    expect(Object.values(told.paths).flatMap((path) => Object.keys(path))).toHaveLength(routes.length)
    expect(Object.keys(told.components.schemas)).toEqual(['Problem', 'Change', 'ChangeBodies'])
  })

  it('[SE900] who may call is what the routes state, and where the key is asked for it says so', () => {
    const open = routes.filter((route) => operationOf(route)?.security.length === 0)
    expect(open.toSorted()).toEqual(['GET /api/v1/health', 'GET /api/v1/openapi.json', 'GET /api/v1/ready', 'GET /api/v1/session/challenge', 'POST /api/v1/join', 'POST /api/v1/join/look', 'POST /api/v1/session'])
    const proved = routes.filter((route) => operationOf(route)?.parameters?.some(({ $ref }) => $ref === '#/components/parameters/proof'))
    expect(proved.toSorted()).toEqual([...provedRoutes].toSorted())
  })

  it('[SE900] each call as it should be, and its answer, fit what is said of them', async () => {
    const misfits: string[] = []
    const pairs: Pair[] = []
    for (const [route, make] of Object.entries(apiCalls)) {
      const about = await asking(server, 'coordinator', route.includes('/members/') || route.startsWith('DELETE /api/v1/devices') ? 'other' : 'own')
      const call = await make(about)
      const [operation, described, answer] = [operationOf(route), describedCalls[route], await asked(about, route, call)]
      const said = described?.answers[answer.statusCode]
      const type = String(answer.headers['content-type'] ?? '').split(';')[0] ?? ''
      const misfit = (what: string) => misfits.push(`${route}: ${what} (${answer.statusCode} ${type})`)
      const asJson = jsonOf(operation?.requestBody)
      if (asJson !== undefined) pairs.push({ of: `${route}: its body`, schema: asJson, value: call.body })
      if (call.body !== undefined && operation?.requestBody === undefined && JSON.stringify(call.body) !== '{}') misfit('a body that nothing is said of')
      const queried = new URL(call.path, 'http://terrain.invalid').searchParams
      const named = (operation?.parameters ?? []).filter((one) => one.in === 'query')
      for (const name of queried.keys()) if (!named.some((one) => one.name === name)) misfit(`?${name}`)
      for (const { name = '', required } of named) if (required === true && !queried.has(name)) misfit(`?${name} is not needed`)
      if (said === undefined) misfit('its status')
      else if (said === null) (answer.payload === '' ? [] : ['words where none are said']).forEach(misfit)
      else if (!('kind' in said)) (said.includes(type) ? [] : ['its type']).forEach(misfit)
      else {
        pairs.push({ of: `${route}: its answer, as JSON Schema`, schema: jsonOf(operation?.responses[answer.statusCode]), value: answer.json() })
        if (!v.is(said, answer.json())) misfit('its answer')
      }
    }
    expect(pairs.length).toBeGreaterThan(60)
    misfits.push(...await misfitting(pairs))
    expect(misfits).toEqual([])
  }, 60_000)

  it('[SE900] a body that does not fit is none of what is described', async () => {
    const [schema, schemaOfChange, problem] = [jsonOf(operationOf('POST /api/v1/sync')?.requestBody), told.components.schemas['Change'], (await server.app.inject({ url: `${apiPrefix}/me` })).json<unknown>()]
    const awa = await server.join('volunteer')
    const change = awa.change('record', { content: aChallenge() })
    const bodies = { type: 'object', properties: { record: { type: 'object' } }, ...told.components.schemas['ChangeBodies'] }
    const pairs = [
      { of: 'a sync of yesterday', schema, value: { after: 'yesterday' } }, { of: 'a change', schema: schemaOfChange, value: change }, { of: 'a change without an id', schema: schemaOfChange, value: { ...change, id: undefined } },
      { of: 'its body', schema: bodies.properties.record, value: change.body }, { of: 'no content', schema: bodies.properties.record, value: { content: { kind: 'rumour' } } }, { of: 'a problem', schema: told.components.schemas['Problem'], value: problem },
    ]
    expect(await misfitting(pairs)).toEqual(['a sync of yesterday', 'a change without an id', 'no content'])
  })
})

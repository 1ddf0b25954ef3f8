import { toJsonSchema } from '@valibot/to-json-schema'
import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { changeBodySchemas, changeEnvelopeSchema } from '#domain/change.ts'
import { problemSchema } from '#protocol/problem.ts'
import { proofHeader } from '#protocol/proof.ts'
import { apiPrefix, ownHeader, wireVersion } from '#protocol/version.ts'
import type { Access } from '#server/http/access.ts'
import { describedCalls } from '#server/http/described-calls.ts'
import type { DescribedCall, Sent } from '#server/http/described-calls.ts'

type Json = Readonly<Record<string, unknown>>

/** Routes with who may call them, as the framework was told. */
export type StatedAccess = ReadonlyMap<string, Access>

const unhurried = { max: 60, timeWindow: 60_000 }

/** `GET /openapi.json`: every call, from the schemas that the routes read by. Made when it is first asked for, and once. */
export function registerOpenApi(app: FastifyInstance, stated: StatedAccess): void {
  let made: string | undefined
  app.get(`${apiPrefix}/openapi.json`, { config: { access: 'anyone', rateLimit: unhurried } }, (_request, reply) => {
    made ??= JSON.stringify(openApiOf(stated))
    return reply.type('application/json; charset=utf-8').send(made)
  })
}

/** The interface as OpenAPI 3.1, whose schemas are JSON Schema as it is. */
export function openApiOf(stated: StatedAccess): Json {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [route, call] of Object.entries(describedCalls)) {
    const [method = '', url = ''] = route.split(' ')
    const path = url.slice(apiPrefix.length).replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(call, { method, path, access: stated.get(route) ?? 'member' }) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Terrain', version: String(wireVersion), description: 'What phones, desks and scripts ask of a Terrain server. Hashes, seals and bundles: src/protocol, with test vectors in vectors.json.', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: apiPrefix }],
    paths,
    components: {
      // A run takes each change as it comes and sets aside what does not fit, so the schema of its request says nothing of them.
      schemas: { Problem: schemaOf(problemSchema), Change: schemaOf(changeEnvelopeSchema), ChangeBodies: schemaOf(v.object(changeBodySchemas)) },
      responses: { Problem: { description: 'Refused: RFC 9457, by a stable code.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
      parameters: {
        proof: { name: proofHeader, in: 'header', schema: { type: 'string' }, description: 'CHALLENGE.SIG: the signature of this very act by the key of the device. Refused without as proof-needed, where it is asked for.' },
        own: { name: ownHeader, in: 'header', schema: { type: 'string' }, description: 'The id of the device that speaks, or 1. A write by cookie is refused without it.' },
      },
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The token of a script (tokenFor).' },
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-terrain', description: 'Of a browser; its name goes on with the end of the id of its device.' },
      },
    },
  }
}

function operationOf(call: DescribedCall, { method, path, access }: { readonly method: string; readonly path: string; readonly access: Access }): Json {
  const { says, query, body, answers, isProved } = call
  const isOpen = access === 'anyone'
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...(query === undefined ? [] : queryOf(query)),
    ...(isProved === true ? [{ $ref: '#/components/parameters/proof' }] : []),
    ...(isOpen ? [] : [{ $ref: '#/components/parameters/own' }]),
  ]
  return {
    summary: says,
    operationId: `${method.toLowerCase()}${path.replaceAll(/[{}]/g, '').split(/[/.-]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`,
    'x-may': isOpen ? 'anyone' : access === 'member' ? 'any member' : `who may ${access}`,
    security: isOpen ? [] : [{ session: [] }, { cookie: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body) } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, sent]) => [status, { description: says, ...(sent === null ? {} : { content: contentOf(sent) }) }])),
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function contentOf(sent: Sent): Json {
  if ('kind' in sent) return { 'application/json': { schema: schemaOf(sent) } }
  return Object.fromEntries(sent.map((type) => [type, {}]))
}

/** Each member of the query's schema as a parameter of its own. */
function queryOf(query: v.GenericSchema): readonly Json[] {
  const { properties = {}, required = [] } = schemaOf(query) as { readonly properties?: Readonly<Record<string, unknown>>; readonly required?: readonly string[] }
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
}

/** As it travels, before anything is made of it. What one field says of another has no JSON Schema, and is left out. */
function schemaOf(schema: v.GenericSchema): Json {
  const { $schema: _draft, ...plain } = toJsonSchema(schema, { errorMode: 'ignore', target: 'draft-2020-12', typeMode: 'input' })
  return plain
}

import fc from 'fast-check'
import type { ApiCall } from './api-calls/asking.ts'

/** What nobody should send, in the place of something that somebody does. */
const junk = fc.oneof(
  fc.constantFrom(null, true, -1, 0, 1e308, 2 ** 53, '', ' ', '\u0000', '\ud800', '../../etc/passwd', "' OR 1=1 --", '=1+1', '__proto__', 'constructor', [], {}, [[[[]]]], { __proto__: { x: 1 } }),
  fc.string({ unit: 'binary', maxLength: 200 }), fc.integer(), fc.double(), fc.array(fc.jsonValue(), { maxLength: 5 }), fc.jsonValue(),
)

/** A good request, or what has become of it. */
export interface Bent {
  readonly method: string
  readonly path: string
  /** JSON or bytes as they are sent, and what the key of the device signs. */
  readonly payload: string | Buffer | undefined
  readonly signed: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly as: 'nobody' | 'coordinator' | 'volunteer'
  readonly isProved: boolean
}

const fills = fc.oneof(fc.constantFrom('x', '%00', '%ff', '..%2f..', 'a'.repeat(400), '0190a0b0-0000-7000-8000-000000000000', 'a'.repeat(64)), fc.string({ maxLength: 40 }))
const queries = fc.array(fc.tuple(fc.constantFrom<string[]>('kind', 'state', 'severity', 'after', 'limit', 'q', 'sort', 'facets', 'format', 'width', 'from', 'to', 'language', 'id', 'of', 'was', 'part', 'campaignId', 'mapping', 'revision'), fc.string({ maxLength: 30 })), { maxLength: 3 })
const types = fc.constantFrom('application/json', 'application/json', 'text/csv', 'text/plain', 'application/offset+octet-stream', 'multipart/form-data', 'application/vnd.terrain.bundle', 'x')
const headers = fc.dictionary(
  fc.constantFrom('upload-length', 'upload-offset', 'upload-metadata', 'upload-concat', 'upload-defer-length', 'tus-resumable', 'content-encoding', 'accept-encoding', 'accept-language', 'if-none-match', 'range', 'cookie', 'authorization', 'x-terrain'),
  fc.oneof(fc.constantFrom('1.0.0', '0', '-1', '9999999999', 'sha256 YQ==,type YQ==', 'gzip', 'br', 'bytes=0-1', 'terrain=x'), fc.string({ unit: fc.constantFrom(...'abc 019-=;,"%/'), maxLength: 20 })), { maxKeys: 3 },
)
const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('[', '{"a":', '[['.repeat(20_000), '{"__proto__":{"a":1}}', 'null', '""'))
const swaps = fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 3 })

/** By grammar and mutation: each of these requests as it is, with a few places of its body replaced, with another path, query, header or type, or with a body of no sense. */
export function bentRequests(calls: readonly (readonly [route: string, call: ApiCall])[]): fc.Arbitrary<Bent> {
  return fc.record({
    nth: fc.nat({ max: calls.length - 1 }), fill: fc.option(fills, { freq: 2 }), query: fc.oneof({ weight: 2, arbitrary: fc.constant<[string, string][]>([]) }, { weight: 1, arbitrary: queries }),
    body: fc.oneof({ weight: 5, arbitrary: swaps }, { weight: 2, arbitrary: fc.constant('as it is' as const) }, { weight: 1, arbitrary: texts.map((text) => ({ text })) }),
    type: fc.option(types, { freq: 3 }), extra: fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headers }),
    as: fc.constantFrom('nobody' as const, 'coordinator' as const, 'coordinator' as const, 'coordinator' as const, 'volunteer' as const), isProved: fc.boolean(),
  }).map(({ nth, fill, query, body, type, extra, as, isProved }) => {
    const [route = 'GET /', call = { path: '/' }] = calls[nth] ?? []
    const [method = 'GET', pattern = '/'] = route.split(' ')
    const search = new URLSearchParams(query.map(([key, value]) => [key, value])).toString()
    const given = fill === null ? call.path : pattern.replace('/api/v1', '').replace(/:[a-z0-9]+/g, encodeURI(fill.replaceAll('\\', '').toWellFormed()).replaceAll('?', ''))
    const path = search === '' ? given : `${given}${given.includes('?') ? '&' : '?'}${search}`
    const hasNone = method === 'GET' || method === 'HEAD' || (call.body === undefined && !Array.isArray(body) && body === 'as it is')
    const sent = hasNone ? {} : bodyOf(call.body, body)
    const said = { ...(sent.payload === undefined ? {} : { 'content-type': type ?? 'application/json' }), ...call.headers }
    return { method, path, payload: sent.payload, signed: sent.signed ?? null, headers: { ...said, ...extra }, as, isProved }
  })
}

function bodyOf(good: unknown, how: readonly (readonly [number, unknown])[] | 'as it is' | { readonly text: string }): { readonly payload?: string | Buffer; readonly signed?: unknown } {
  if (typeof how === 'object' && 'text' in how) return { payload: how.text }
  if (Buffer.isBuffer(good)) return { payload: how === 'as it is' ? good : Buffer.from(how.map(([nth]) => nth & 255)) }
  const value = how === 'as it is' ? good : mangled(good ?? {}, how)
  // What JSON makes of it is what arrives, and so what is signed.
  const payload = JSON.stringify(value)
  return { payload, signed: JSON.parse(payload) }
}

/** A deep copy with the n-th places replaced by junk. Junk is copied in: two swaps may meet, and an array that holds itself has no JSON. */
function mangled(value: unknown, swapped: readonly (readonly [number, unknown])[]): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(value))
  for (const [nth, junkValue] of swapped) {
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

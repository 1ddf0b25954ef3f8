import type { DeviceId } from '#domain/ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem } from '#device/device.ts'
import type { DeviceGround, FetchResponse } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'
import { apiPrefix, ownHeader, unnamed } from '#protocol/version.ts'

/** An ApiProblem with what the sync runner acts on. */
export interface HttpProblem extends ApiProblem {
  readonly status: number | null
  readonly epoch?: string | undefined
  readonly restoredSeq?: number | undefined
  /** True when our server said it (problem+json), not something on the way. */
  readonly isOurs: boolean
}

export interface HttpRequest<Value> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the prefix of the interface. */
  readonly path: string
  readonly body?: { readonly json: unknown } | { readonly text: string; readonly type: string } | { readonly bytes: Uint8Array; readonly type: string }
  readonly timeoutMs?: number
  /** Who asks, where it is not the device of today's membership: whoever joins is none yet. */
  readonly as?: DeviceId
  /** Whose words these are: once this browser has become another device, they are not sent in its name. */
  readonly by?: DeviceId
  /** The answer is a file: it is read as bytes, unless it is a problem. */
  readonly asBytes?: true
  readonly read: (response: FetchResponse, text: string, bytes?: ArrayBuffer) => Value | null
}

export type Http = <Value>(request: HttpRequest<Value>) => Promise<Result<Value, HttpProblem>>

export interface HttpGround extends Pick<DeviceGround, 'fetch' | 'network'> {
  readonly db: DeviceDatabase
}

const usualTimeoutMs = 30_000

/**
 * One request with a deadline. Only an answer that reads as ours counts: a captive portal answers 200 with a page of its own,
 * and that must never pass for a receipt.
 */
export function createHttp({ fetch, network, db }: HttpGround): Http {
  return async ({ method, path, body, timeoutMs = usualTimeoutMs, as, by, asBytes, read }) => {
    const answer = await answered(async () => {
      // From the store each time: another window may have taken a new name. Who cannot be read asks nothing, for without a name anybody
      // would be answered as whoever else is a member in this browser.
      const device = as ?? (await db.again(() => readMeta(db, 'membership')))?.identity.deviceId
      if ((by ?? device) !== device) throw new Error('another device')
      return fetch(`${apiPrefix}${path}`, { method, timeoutMs, headers: headersOf(body, device), ...bodyOf(body) })
    }, asBytes)
    if (answer === null) return fail({ kind: network.isOnline() ? 'unreachable' : 'offline', code: 'no-answer', status: null, isOurs: false })
    const { response, text, bytes } = answer
    if (response.status < 200 || response.status > 299) return fail(await problemOf(response, text))
    const value = read(response, text, bytes)
    return value === null ? fail({ kind: 'unreachable', code: 'not-our-answer', by: 'between', status: response.status, isOurs: false }) : ok(value)
  }
}

/** The problem as screens know it. */
export function plainProblem({ kind, code, retryAfterMs, by }: HttpProblem): ApiProblem {
  return { kind, code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }), ...(by && { by }) }
}

async function answered(run: () => Promise<FetchResponse>, asBytes: true | undefined): Promise<{ readonly response: FetchResponse; readonly text: string; readonly bytes?: ArrayBuffer } | null> {
  try {
    const response = await run()
    if (asBytes && response.status === 200 && response.arrayBuffer) return { response, text: '', bytes: await response.arrayBuffer() }
    return { response, text: await response.text() }
  } catch {
    // No name, no route, deadline passed, or half an answer: to the caller all the same, and tried again later.
    return null
  }
}

/** Most first visits meet no problem; the code that reads one comes with it, and without that code it is taken for nothing of ours. */
async function problemOf(response: FetchResponse, text: string): Promise<HttpProblem> {
  const code = await import('#device/sync/read-json.ts').catch(() => null)
  if (code !== null) return code.readProblem(response, text)
  return { kind: 'unreachable', code: `http-${response.status}`, status: response.status, isOurs: false }
}

/**
 * The own header is what no form of another site can send; the server asks for it wherever something changes. What the browser adds of itself and nobody
 * reads is kept short where a page may say it: no answer here depends on the languages that somebody reads.
 */
function headersOf(body: HttpRequest<unknown>['body'], device: DeviceId | undefined): Readonly<Record<string, string>> {
  const type = body === undefined ? {} : { 'content-type': 'json' in body ? 'application/json' : body.type }
  return { [ownHeader]: device ?? unnamed, 'accept-language': '*', ...type }
}

function bodyOf(body: HttpRequest<unknown>['body']): { readonly body?: string | Uint8Array } {
  if (body === undefined) return {}
  if ('bytes' in body) return { body: body.bytes }
  return { body: 'json' in body ? JSON.stringify(body.json) : body.text }
}

import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { DeviceGround } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'
import { createHttp } from '#device/sync/http.ts'
import type { Http, HttpProblem, HttpRequest } from '#device/sync/http.ts'
import { readJson } from '#device/sync/read-json.ts'
import { challengeResponseSchema } from '#protocol/membership.ts'
import { actText, proofHeader } from '#protocol/proof.ts'

export interface ProveGround extends Pick<DeviceGround, 'fetch' | 'network' | 'crypto'> {
  readonly db: DeviceDatabase
  readonly http: Http
}

/** One request that carries the proof that this device's own key wants it. The person notices nothing but that it takes a moment longer. */
export async function proved<Value>(ground: ProveGround, request: HttpRequest<Value>): Promise<Result<Value, HttpProblem>> {
  const { fetch, network, db } = ground
  const proof = await proofFor(ground, request)
  if (!proof.ok) return proof
  return createHttp({ network, db, fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, [proofHeader]: proof.value } }) })(request)
}

async function proofFor({ db, http, crypto }: ProveGround, { method, path, body }: Pick<HttpRequest<unknown>, 'method' | 'path' | 'body'>): Promise<Result<string, HttpProblem>> {
  const own = await readMeta(db, 'membership')
  if (own === undefined) return fail({ kind: 'refused', code: 'no-session', status: 401, isOurs: true })
  const asked = await http({ method: 'GET', path: '/session/challenge', read: readJson(challengeResponseSchema) })
  if (!asked.ok) return asked
  const { challenge } = asked.value
  const { deviceId, keyPair } = own.identity
  return ok(`${challenge}.${await crypto.sign(keyPair, actText(challenge, deviceId, { method, path, body: body !== undefined && 'json' in body ? body.json : null }))}`)
}

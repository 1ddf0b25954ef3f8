import { ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { askChallenge } from '#device/sync/challenge.ts'
import { createHttp } from '#device/sync/http.ts'
import type { Http, HttpProblem, HttpRequest } from '#device/sync/http.ts'
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

async function proofFor(ground: ProveGround, { method, path, body }: Pick<HttpRequest<unknown>, 'method' | 'path' | 'body'>): Promise<Result<string, HttpProblem>> {
  const asked = await askChallenge(ground)
  if (!asked.ok) return asked
  const { challenge, own: { identity: { deviceId, keyPair } } } = asked.value
  return ok(`${challenge}.${await ground.crypto.sign(keyPair, actText(challenge, deviceId, { method, path, body: body !== undefined && 'json' in body ? body.json : null }))}`)
}

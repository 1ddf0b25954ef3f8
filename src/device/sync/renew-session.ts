import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { readMeta } from '#device/store/meta.ts'
import type { HttpProblem } from '#device/sync/http.ts'
import { readJson } from '#device/sync/read-json.ts'
import type { SessionGround } from '#device/sync/session.ts'
import { challengeResponseSchema, sessionResponseSchema, sessionText } from '#protocol/membership.ts'

/** A new session by the device's key: no invite, and no person. */
export async function renewSession({ db, http, crypto }: SessionGround): Promise<Result<null, HttpProblem>> {
  const own = await readMeta(db, 'membership')
  if (own === undefined) return fail({ kind: 'refused', code: 'no-session', status: 401, isOurs: true })
  const asked = await http({ method: 'GET', path: '/session/challenge', read: readJson(challengeResponseSchema) })
  if (!asked.ok) return asked
  const { challenge } = asked.value
  const { deviceId, keyPair } = own.identity
  const sig = await crypto.sign(keyPair, sessionText(challenge, deviceId))
  const session = await http({ method: 'POST', path: '/session', body: { json: { deviceId, credential: own.credential, challenge, sig } }, read: readJson(sessionResponseSchema) })
  return session.ok ? ok(null) : session
}

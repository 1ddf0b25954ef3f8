import { ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { noteSignedOut } from '#device/store/signed-out.ts'
import { askChallenge } from '#device/sync/challenge.ts'
import type { HttpProblem } from '#device/sync/http.ts'
import { readJson } from '#device/sync/read-json.ts'
import type { SessionGround } from '#device/sync/session.ts'
import { sessionResponseSchema, sessionText } from '#protocol/membership.ts'

/** A new session by the device's key: no invite, and no person. */
export async function renewSession(ground: SessionGround): Promise<Result<null, HttpProblem>> {
  const { http, crypto } = ground
  const asked = await askChallenge(ground)
  if (!asked.ok) return asked
  const { own, challenge } = asked.value
  const { deviceId, keyPair } = own.identity
  const sig = await crypto.sign(keyPair, sessionText(challenge, deviceId))
  const session = await http({ method: 'POST', path: '/session', body: { json: { deviceId, credential: own.credential, challenge, sig } }, read: readJson(sessionResponseSchema) })
  if (session.ok) return ok(null)
  if (session.problem.code === 'device-revoked') await noteSignedOut(ground.db)
  return session
}

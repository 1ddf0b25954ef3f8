import { createDeviceId } from '#domain/new-ids.ts'
import { ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'
import { beginRotation, finishRotation, forgetRotation } from '#device/store/rotation.ts'
import type { Http, HttpProblem } from '#device/sync/http.ts'
import { wholeCampaignMs } from '#device/sync/join.ts'
import { readJson } from '#device/sync/read-json.ts'
import type { InSession } from '#device/sync/session.ts'
import { joinResponseSchema, rotateText } from '#protocol/membership.ts'

export interface RotateGround extends Pick<DeviceGround, 'clock' | 'chance' | 'crypto' | 'deviceLabel'> {
  readonly db: DeviceDatabase
  readonly http: Http
  readonly inSession: InSession
}

/**
 * This browser becomes another device of the same member, and chains anew what has not arrived. Cut short anywhere, it goes on
 * with the same name: the name is kept before it is asked for, and the server makes a device once.
 */
export async function rotate(ground: RotateGround): Promise<Result<null, HttpProblem>> {
  const { db, http, inSession, crypto, deviceLabel } = ground
  const own = await readMeta(db, 'membership')
  if (own === undefined) return ok(null)
  const rotation = await beginRotation(db, own.identity.deviceId, async () => ({ deviceId: createDeviceId(ground.clock, ground.chance), ...(await crypto.createKeyPair()) }))
  if (rotation === null) return ok(null)
  const { deviceId: id, publicKey, keyPair } = rotation.to
  // A key that is lost signs nothing: then the new device may do less.
  const by = await crypto.sign(own.identity.keyPair, rotateText(id)).catch(() => undefined)
  const json = { device: { id, publicKey, label: deviceLabel.slice(0, 80) }, sig: await crypto.sign(keyPair, rotateText(id)), by }
  const answer = await inSession(() => http({ method: 'POST', path: '/devices/rotate', body: { json }, timeoutMs: wholeCampaignMs, read: readJson(joinResponseSchema) }))
  if (!answer.ok) {
    if (answer.problem.code === 'device-key-differs') await forgetRotation(db)
    return answer
  }
  await finishRotation(db, rotation, answer.value)
  return ok(null)
}

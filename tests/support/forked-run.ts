import type { ChangeEnvelope } from '#domain/change.ts'
import { sealRun } from '#protocol/chain.ts'
import type { Run } from '#protocol/sync-request.ts'
import { signText } from '#server/auth/keys.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ScriptDevice } from '../../demo/script-device.ts'

/** A run from the beginning of a phone's chain, well sealed: what a phone sends that was set back to its first day. */
export async function forkedRun(phone: ScriptDevice, changes: readonly ChangeEnvelope[]): Promise<Run> {
  const place = { campaignId: phone.joined.campaign.id, deviceId: phone.deviceId }
  const seal = await sealRun(place, null, changes, { digest: (text) => Promise.resolve(sha256Of(text)), sign: (text) => Promise.resolve(signText(phone.privateKey, text)) })
  if (seal === null) throw new Error('an empty run has no seal')
  return { prevHash: null, changes: [...changes], seal: { ...seal } }
}

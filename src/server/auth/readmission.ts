import type { Credential } from '#server/auth/credential.ts'
import type { Store, StoredDevice, StoredMember } from '#server/store/store.ts'

/**
 * Member and device as the campaign has signed them, for whoever a restore has lost. What happened since is in no credential: who was
 * erased is null and comes back by nothing, and who was ended, or whose device was revoked, is so again, and everybody has the role that they were given last.
 */
export async function signedMembership({ erasures }: Pick<Store, 'erasures'>, credential: Credential): Promise<{ readonly member: StoredMember; readonly device: StoredDevice } | null> {
  const { memberId, deviceId, role, name, organisation, language, joinedAt, publicKey, campaignId, isVouched = true } = credential
  if (await erasures.isPersonErased(campaignId, memberId)) return null
  const ended = await erasures.endedAt(campaignId, { memberId, deviceId })
  return {
    member: { id: memberId, campaignId, role: ended.role ?? role, name, language, joinedAt, endedAt: ended.member, ...(organisation === undefined ? {} : { organisation }) },
    device: { id: deviceId, campaignId, memberId, publicKey, label: '', createdAt: joinedAt, revokedAt: ended.device, lastContactAt: null, appVersion: null, manifest: null, isVouched },
  }
}

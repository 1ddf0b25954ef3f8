import type { MemberId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { Run } from '#protocol/sync-request.ts'
import type { ServerContext } from '#server/context.ts'
import { roleOn } from '#server/policies/abilities.ts'
import { judgeChange } from '#server/policies/change-policy.ts'
import { judgeContent } from '#server/policies/content-policy.ts'
import { ActorChanged, standingOf } from '#server/store/actor-changed.ts'
import type { Appended } from '#server/store/appended.ts'
import type { DeviceContact, PreparedChange, StoredCampaign, StoredDevice, StoredMember } from '#server/store/store.ts'
import { prepareRun } from '#server/sync/prepare-run.ts'

export interface RunSender {
  readonly campaign: StoredCampaign
  /** The device that sealed the run, whoever brings it. */
  readonly device: StoredDevice
  readonly carriedBy: MemberId
  /** Its member, where this very request has just read who they are. */
  readonly member?: StoredMember
  /** What the device says of itself, when it brings the run itself. */
  readonly contact?: DeviceContact
}

/** What became of a run, with its changes as they were read. */
export type ReceivedRun = Appended & { readonly changes: readonly PreparedChange[] }

type Ground = Pick<ServerContext, 'store' | 'clock'>

/** A pushed or carried run into the store: prepared, judged by who its author is now, and committed. Who was ended, erased or revoked meanwhile is looked at anew. */
export async function receiveRun(ground: Ground, sender: RunSender, run: Run): Promise<ReceivedRun> {
  try {
    return await receivedFrom(ground, sender, run)
  } catch (error) {
    const device = error instanceof ActorChanged ? await ground.store.members.device(sender.device.id) : null
    if (device === null) throw error
    const { member: _, ...rest } = sender
    return receivedFrom(ground, { ...rest, device }, run)
  }
}

async function receivedFrom({ store, clock }: Ground, sender: RunSender, run: Run): Promise<ReceivedRun> {
  const { campaign, device, carriedBy, contact } = sender
  const member = sender.member ?? (await store.members.get(campaign.id, device.memberId))
  const isRevoked = device.revokedAt !== null || member === null || member.endedAt !== null || (member.asideSince ?? null) !== null
  const isAuthorErased = isRevoked && (await store.erasures.isPersonErased(campaign.id, device.memberId))
  const { changes, seal } = prepareRun({ campaignId: campaign.id, deviceId: device.id, publicKey: device.publicKey, isRevoked }, run)
  const author = { memberId: device.memberId, role: member === null ? 'volunteer' as const : roleOn(member, device), isServer: device.id === campaign.serverDeviceId, isVouched: device.isVouched !== false }
  const appended = await store.changes.append({
    campaignId: campaign.id, deviceId: device.id, memberId: device.memberId, carriedBy, receivedAt: contact?.at ?? instantOf(clock), seal, changes, isAuthorErased, ...(member === null ? {} : { author: standingOf(member, device) }), ...(contact === undefined ? {} : { contact }),
    judge: (change, context) => judgeChange(author, change, context) ?? judgeContent(change, context),
  })
  return { ...appended, changes }
}

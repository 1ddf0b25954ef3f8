import { join } from 'node:path'
import * as v from 'valibot'
import { campaignIdSchema, instantSchema, memberIdSchema } from '#domain/ids.ts'
import type { CampaignId, MemberId } from '#domain/ids.ts'
import { roleSchema } from '#protocol/membership.ts'
import { createIdLog } from '#server/backup/id-log.ts'
import type { Right } from '#server/store/backup-store.ts'
import type { Store } from '#server/store/store.ts'

const lineSchema = v.union([
  v.object({ campaignId: campaignIdSchema, inviteId: v.pipe(v.string(), v.uuid()), usesLeft: v.pipe(v.number(), v.integer(), v.minValue(0)), at: instantSchema }),
  v.object({ campaignId: campaignIdSchema, memberId: memberIdSchema, role: roleSchema, at: instantSchema }),
])

/**
 * How often an invite is still good, and which role somebody was given: what an older backup says otherwise would let people in who are not to come,
 * or do what they may do no more. A file of its own, because a Terrain of before takes a line of `ended.log` that names a member for their end, and
 * one that names nobody for the end of a campaign's time.
 */
export const rightsLog = createIdLog<Right>(lineSchema, keyOf)

export const rightsLogName = 'rights.log'

/** The store, which now acknowledges a use of an invite, its withdrawal and another role only when it is in the log too. */
export async function withRightsLog(store: Store, { folder, beside }: { readonly folder: string; readonly beside: string | null }): Promise<Store> {
  const path = join(folder, rightsLogName)
  const logged = new Set((await rightsLog.read(path)).map(keyOf))
  const write = async (right: Right): Promise<void> => {
    if (logged.has(keyOf(right))) return
    await rightsLog.append(path, beside === null ? null : { folder: beside, path: join(beside, rightsLogName) }, right)
    logged.add(keyOf(right))
  }
  const noteInvite = (campaignId: CampaignId, { inviteId, usesLeft }: { readonly inviteId: string; readonly usesLeft: number }, at: Right['at']) => write({ campaignId, inviteId, usesLeft, at })
  const noteRole = async (campaignId: CampaignId, memberId: MemberId, at: Right['at']): Promise<void> => {
    const member = await store.members.get(campaignId, memberId)
    if (member !== null) await write({ campaignId, memberId, role: member.role, at })
  }
  const noteWithdrawn = async (campaignId: CampaignId, at: Right['at']): Promise<void> => {
    for (const inviteId of await store.members.withdrawnAt(campaignId, at)) await noteInvite(campaignId, { inviteId, usesLeft: 0 }, at)
  }
  return {
    ...store,
    members: {
      ...store.members,
      join: async (request) => {
        const outcome = await store.members.join(request)
        // Asked again, the use was taken before, and perhaps the process died in between.
        if (outcome.kind === 'joined' || outcome.kind === 'again') await noteInvite(outcome.member.campaignId, outcome, request.at)
        return outcome
      },
      deleteInvite: async (campaignId, id, by) => {
        const isGone = await store.members.deleteInvite(campaignId, id, by)
        if (isGone) await noteInvite(campaignId, { inviteId: id, usesLeft: 0 }, by.at)
        return isGone
      },
      change: async (campaignId, memberId, change, by) => {
        const isDone = await store.members.change(campaignId, memberId, change, by)
        if (isDone && 'role' in change) await noteRole(campaignId, memberId, by.at)
        if (isDone) await noteWithdrawn(campaignId, by.at)
        return isDone
      },
      revokeDevice: async (campaignId, id, at, ...by) => {
        await store.members.revokeDevice(campaignId, id, at, ...by)
        await noteWithdrawn(campaignId, at)
      },
    },
  }
}

function keyOf(right: Right): string {
  return 'inviteId' in right ? `${right.campaignId} ${right.inviteId} ${right.usesLeft}` : `${right.campaignId} ${right.memberId} ${right.role} ${right.at}`
}

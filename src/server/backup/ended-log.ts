import { join } from 'node:path'
import * as v from 'valibot'
import { campaignIdSchema, deviceIdSchema, instantSchema, memberIdSchema } from '#domain/ids.ts'
import type { CampaignId } from '#domain/ids.ts'
import { createIdLog } from '#server/backup/id-log.ts'
import type { Ended } from '#server/store/backup-store.ts'
import type { Store } from '#server/store/store.ts'

const about = { campaignId: campaignIdSchema, at: instantSchema }
/** All that stands beside the entries is meant by a line that says nothing else, as in `erasures.log`. */
const lineSchema = v.union([v.object({ ...about, memberId: memberIdSchema }), v.object({ ...about, deviceId: deviceIdSchema }), v.strictObject(about)])

/**
 * Whose membership was ended, which devices were revoked, and, where neither is named, when what stands beside the entries of a campaign
 * was erased (each time: what came later as well). A file of its own, because a Terrain of before takes a line of
 * `erasures.log` that names neither entry nor member for a whole campaign.
 */
export const endedLog = createIdLog<Ended>(lineSchema, (ended) => keyOf(ended))

export const endedLogName = 'ended.log'

/** The store, which now acknowledges an end only when it is in the log too, and knows of those that a restore has forgotten. */
export async function withEndedLog(store: Store, { folder, beside }: { readonly folder: string; readonly beside: string | null }): Promise<Store> {
  const path = join(folder, endedLogName)
  const logged = new Map((await endedLog.read(path)).map((ended) => [keyOf(ended), ended.at]))
  const write = async (ended: Ended): Promise<void> => {
    if (logged.has(keyOf(ended))) return
    await endedLog.append(path, beside === null ? null : { folder: beside, path: join(beside, endedLogName) }, ended)
    logged.set(keyOf(ended), ended.at)
  }
  const noteRevoked = async (campaignId: CampaignId): Promise<void> => {
    for (const { id: deviceId, revokedAt } of await store.members.devices(campaignId)) if (revokedAt !== null) await write({ campaignId, deviceId, at: revokedAt })
  }
  return {
    ...store,
    members: {
      ...store.members,
      change: async (campaignId, memberId, change, by) => {
        const isDone = await store.members.change(campaignId, memberId, change, by)
        // Asked again it was done before, and perhaps the process died in between. Whose end was refused is a member as before.
        const isEnded = isDone || ((await store.members.get(campaignId, memberId))?.endedAt ?? null) !== null
        if ('endedAt' in change && isEnded) await write({ campaignId, memberId, at: change.endedAt })
        return isDone
      },
      revokeDevice: async (campaignId, ...revoked) => {
        await store.members.revokeDevice(campaignId, ...revoked)
        // With it go all that were made out of its session.
        await noteRevoked(campaignId)
      },
    },
    erasures: {
      ...store.erasures,
      beside: async (campaignId, at) => {
        const rows = await store.erasures.beside(campaignId, at)
        if (rows > 0) await write({ campaignId, at })
        return rows
      },
      endedAt: async (campaignId, who) => {
        const { member, device, role } = await store.erasures.endedAt(campaignId, who)
        return { role, member: logged.get(keyOf({ campaignId, memberId: who.memberId })) ?? member, device: logged.get(keyOf({ campaignId, deviceId: who.deviceId })) ?? device }
      },
    },
  }
}

function keyOf({ campaignId, memberId, deviceId, at }: Omit<Ended, 'at'> & { readonly at?: Ended['at'] }): string {
  return `${campaignId} ${memberId ?? ''} ${deviceId ?? (memberId === undefined ? (at ?? '') : '')}`
}

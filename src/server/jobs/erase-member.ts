import type { MemberId } from '#domain/ids.ts'
import type { ServerContext } from '#server/context.ts'
import { forgetErased } from '#server/files/erased-files.ts'
import { eraseEntries } from '#server/jobs/retention.ts'
import type { ActBy } from '#server/store/audit-store.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/**
 * Everything that somebody wrote, and who they were. The membership ends first, so that nothing comes after it. What they decided as a
 * coordinator stays, as decisions of nobody: entries of others rest on it. Done again it finds nothing left. Null: nobody of that name,
 * or whoever wants it may not any more.
 * `filesLeft`: what the storage did not let go yet; it is tried again every five minutes.
 */
export async function eraseMember(context: ServerContext, campaign: StoredCampaign, member: MemberId, { by, reason }: { readonly by: ActBy; readonly reason: string }): Promise<{ readonly entries: number; readonly filesLeft: number } | null> {
  const { store } = context
  if (member === campaign.serverMemberId || (await store.members.get(campaign.id, member)) === null) return null
  const isEnded = await store.members.change(campaign.id, member, { endedAt: by.at }, by)
  if (!isEnded && (await store.members.get(campaign.id, member))?.endedAt === null) return null
  const entries = await eraseEntries(context, campaign, { ids: await store.erasures.entriesBy(campaign.id, member), reason: 'the author is erased' })
  await store.erasures.member(campaign.id, member, { by, reason })
  // What was uploaded for entries that never came.
  const left = await forgetErased(context)
  return { entries, filesLeft: left.filter(({ campaignId }) => campaignId === campaign.id).length }
}

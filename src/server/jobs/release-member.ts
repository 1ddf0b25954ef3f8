import type { MemberId } from '#domain/ids.ts'
import type { ServerContext } from '#server/context.ts'
import type { PersonBy } from '#server/store/audit-store.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { receiptsForEntries } from '#server/sync/receipts.ts'
import { appendAsServer } from '#server/sync/server-device.ts'

/**
 * All that was set aside of a member counts again, in its own order: each by a sealed release of the server's, brought by who let it
 * count. What comes while it is done is looked for once more. How many changes that were.
 */
export async function releaseMember(context: Pick<ServerContext, 'store' | 'clock' | 'chance'>, campaign: StoredCampaign, member: MemberId, by: PersonBy): Promise<number> {
  const { store } = context
  const tried = new Set<string>()
  for (;;) {
    const aside = (await store.persons.asideOf(campaign.id, member))?.filter(({ id }) => !tried.has(id)) ?? []
    if (aside.length === 0) break
    for (const { id } of aside) tried.add(id)
    await appendAsServer(context, campaign, aside.map(({ id, entryId }) => ({ entryId, type: 'release', base: null, body: { change: id } })), by.memberId)
    await receiptsForEntries(context, campaign, aside.map(({ entryId }) => entryId))
  }
  await store.persons.endAside(campaign.id, member, { by, reason: '', count: tried.size })
  return tried.size
}

import type { CampaignId } from '#domain/ids.ts'
import type { ServerContext } from '#server/context.ts'
import type { Actor } from '#server/http/access.ts'
import type { Store } from '#server/store/store.ts'

/** Once for each campaign in the life of a process: each of its phones would say the same. */
const told = new WeakMap<Store, Set<CampaignId>>()

/**
 * A phone has read further than the log goes, in this very epoch: the database was set back past `terrain restore` (a snapshot of the whole machine,
 * a replica that lacked the last minutes), or a phone makes it up. Nothing else would show it.
 */
export function tellIfBehind({ store, log }: Pick<ServerContext, 'store' | 'log'>, { campaign, device }: Pick<Actor, 'campaign' | 'device'>, { after, head }: { readonly after: number; readonly head: number }): void {
  if (after <= head) return
  const campaigns = told.get(store) ?? new Set<CampaignId>()
  if (campaigns.has(campaign.id)) return
  told.set(store, campaigns.add(campaign.id))
  log.error({ campaign: campaign.id, device: device.id, after, head }, 'a phone has read further than this log goes: the database is older than it was, though nobody called "terrain restore". Phones send again what they wrote themselves; so that all of them read everything anew, see "Restore" in docs/operate.md')
}

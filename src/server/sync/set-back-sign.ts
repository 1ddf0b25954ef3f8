import type { CampaignId, DeviceId } from '#domain/ids.ts'
import type { ServerContext } from '#server/context.ts'
import type { Actor } from '#server/http/access.ts'
import type { Store } from '#server/store/store.ts'

/** Once for each device in the life of a process, and of few of a campaign: each of its phones would say the same, and one that makes it up hides no other. */
const told = new WeakMap<Store, Map<CampaignId, Set<DeviceId>>>()
const mostTold = 20

const behind = 'a phone has read further than this log goes: the database is older than it was'
const other = 'a phone has read another log up to a place that this one has come to as well: the database was set back and has been written to since'

/**
 * A phone has read further than the log goes, in this very epoch, or what it has read last is not what stands there: the database was set back past
 * `terrain restore` (a snapshot of the whole machine, a replica that lacked the last minutes), or a phone makes it up. Nothing else would show it.
 */
export function tellIfSetBack({ store, log }: Pick<ServerContext, 'store' | 'log'>, { campaign, device }: Pick<Actor, 'campaign' | 'device'>, { after, next, isOther }: { readonly after: number; readonly next: number; readonly isOther: boolean }): void {
  if (after <= next && !isOther) return
  const campaigns = told.get(store) ?? new Map<CampaignId, Set<DeviceId>>()
  const devices = campaigns.get(campaign.id) ?? new Set<DeviceId>()
  if (devices.has(device.id) || devices.size >= mostTold) return
  told.set(store, campaigns.set(campaign.id, devices.add(device.id)))
  log.error({ campaign: campaign.id, device: device.id, after, head: next }, `${isOther ? other : behind}, though nobody called "terrain restore", or this phone makes it up. What phones hold they send again; see "Restore" in docs/operate.md`)
}

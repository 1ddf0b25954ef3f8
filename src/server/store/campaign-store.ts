import type { CampaignId, Instant } from '#domain/ids.ts'
import type { Campaign, PublicKey } from '#protocol/membership.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** The part of a store that keeps campaigns with their settings and keys. */
export interface CampaignStore {
  readonly create: (campaign: StoredCampaign, at: Instant) => Promise<void>
  /** False, and nothing is made, when there is a campaign already: of several processes that start at once, one makes the first. */
  readonly createFirst: (campaign: StoredCampaign, at: Instant) => Promise<boolean>
  readonly get: (id: CampaignId) => Promise<StoredCampaign | null>
  readonly list: () => Promise<readonly StoredCampaign[]>
  /** Gives the campaign its pair for sealed bundles, unless it has one: of several processes the first one's stays. */
  readonly setEncryptionKey: (id: CampaignId, pair: { readonly publicKey: PublicKey; readonly privateKey: string }) => Promise<void>
  readonly update: (id: CampaignId, patch: Partial<Pick<Campaign, 'name' | 'countries' | 'languages' | 'startsOn' | 'urgentHelp'>>) => Promise<void>
}

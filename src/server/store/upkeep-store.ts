import type { CampaignId, Instant } from '#domain/ids.ts'

/** What an operator watches: counts over all campaigns, the same for every process on this store. */
export interface Upkeep {
  /** Changes that were set aside and wait for a person. */
  readonly quarantined: number
  readonly alarms: number
  /** Committed and in no verified backup yet: their phones still hold them. */
  readonly unsafeChanges: number
  readonly verifiedAt: Instant | null
}

export interface UpkeepStore {
  readonly look: () => Promise<Upkeep>
  /** When a backup of this database was last verified, whichever process made it; null before the first. */
  readonly verifiedAt: () => Promise<Instant | null>
  readonly noteVerified: (at: Instant) => Promise<void>
  /** When it was first seen, by this database's servers, that the words of a campaign have to go; null while they have not. */
  readonly overSince: (campaignId: CampaignId) => Promise<Instant | null>
  readonly noteOver: (campaignId: CampaignId, since: Instant | null) => Promise<void>
}

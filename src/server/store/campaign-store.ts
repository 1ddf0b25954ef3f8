import type { CampaignId, Instant, MemberId } from '#domain/ids.ts'
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
  /**
   * Changes the settings if they are still those of this revision, and keeps who changed what. `settle` says what they become, or
   * null when they cannot be that; it is pure. Another usual sensitivity judges every entry anew, in the same transaction.
   */
  readonly change: (id: CampaignId, act: SettingsAct) => Promise<SettingsOutcome>
  /** The last acts, the newest first. */
  readonly history: (id: CampaignId, limit: number) => Promise<readonly KeptSettingsAct[]>
  readonly update: (id: CampaignId, patch: Partial<Pick<Campaign, 'name' | 'countries' | 'languages' | 'startsOn' | 'endsOn' | 'urgentHelp' | 'retentionMonths'>>) => Promise<void>
}

export interface SettingChange {
  readonly setting: string
  readonly before: unknown
  readonly after: unknown
}

export interface SettingsAct {
  readonly revision: number
  readonly at: Instant
  readonly memberId: MemberId
  readonly settle: (current: StoredCampaign) => { readonly campaign: StoredCampaign; readonly changes: readonly SettingChange[] } | null
}

export type SettingsOutcome =
  | { readonly kind: 'changed' | 'unchanged'; readonly campaign: StoredCampaign }
  | { readonly kind: 'stale' | 'unfit' | 'unknown' }

export interface KeptSettingsAct {
  readonly revision: number
  readonly at: Instant
  readonly memberId: MemberId
  readonly changes: readonly SettingChange[]
}

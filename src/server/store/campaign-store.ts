import type { CampaignId, Instant, MemberId } from '#domain/ids.ts'
import type { Campaign, PublicKey } from '#protocol/membership.ts'
import type { PersonBy } from '#server/store/audit-store.ts'
import type { NewInvite } from '#server/store/invite-store.ts'
import type { StoredCampaign, StoredDevice, StoredMember } from '#server/store/store.ts'

/** The part of a store that keeps campaigns with their settings and keys. */
export interface CampaignStore {
  readonly create: (campaign: StoredCampaign, at: Instant) => Promise<void>
  /** False, and nothing is made, when there is a campaign already: of several processes that start at once, one makes the first. */
  readonly createFirst: (campaign: StoredCampaign, at: Instant) => Promise<boolean>
  /**
   * In one transaction: the campaign, the server's own member and device in it, and the invite of its first coordinator; that it was made
   * stands in the log of the campaign where it was asked for. `again`: it is there, with this very invite; `taken`: it is there without.
   */
  readonly found: (founding: Founding) => Promise<'made' | 'again' | 'taken'>
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
  readonly update: (id: CampaignId, patch: Partial<Pick<Campaign, 'name' | 'countries' | 'languages' | 'startsOn' | 'endsOn' | 'urgentHelp' | 'retentionMonths' | 'keepOriginals'>>) => Promise<void>
}

export interface Founding {
  readonly campaign: StoredCampaign
  readonly server: { readonly member: StoredMember; readonly device: StoredDevice }
  readonly invite: NewInvite
  /** Who asked, and in which campaign they are. */
  readonly by: PersonBy
  readonly from: CampaignId
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

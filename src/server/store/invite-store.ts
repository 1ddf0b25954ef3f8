import type { CampaignId, DeviceId, Instant, MemberId, Sha256 } from '#domain/ids.ts'
import type { InviteRow } from '#protocol/desk.ts'
import type { Role } from '#protocol/membership.ts'
import type { ActBy } from '#server/store/audit-store.ts'

export interface NewInvite {
  readonly id: string
  readonly campaignId: CampaignId
  readonly secretHash: Sha256
  readonly role: Role
  readonly uses: number
  readonly note: string | null
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly createdBy: MemberId | null
  /** With which device, where a person made it. */
  readonly createdWith?: DeviceId
  readonly forDevice?: DeviceId
  /** False where a session alone asked for it: the device that comes of it proves no act. */
  readonly isVouched?: boolean
}

/** What is noted on the links that the server prints by itself. */
export const firstInviteNote = 'first coordinator'

/** The part of a store that keeps invites; of their secrets it sees the hashes alone. */
export interface InviteStore {
  readonly createInvite: (invite: NewInvite) => Promise<void>
  /** What an invite is for; null when it is not good any more, unless one of these devices was made by it. */
  readonly lookAtInvite: (secretHash: Sha256, look: { readonly devices: readonly DeviceId[]; readonly now: Instant }) => Promise<{ readonly campaignId: CampaignId; readonly role: Role } | null>
  readonly invites: (campaign: CampaignId, now: Instant) => Promise<readonly InviteRow[]>
  /** Which invites were withdrawn at this moment, one by one or with whoever had made them. */
  readonly withdrawnAt: (campaign: CampaignId, at: Instant) => Promise<readonly string[]>
  /** Those that the server printed for whoever comes first, once somebody has. */
  readonly withdrawFirstInvites: (campaign: CampaignId, at: Instant) => Promise<void>
  readonly deleteInvite: (campaign: CampaignId, id: string, by: ActBy) => Promise<boolean>
}

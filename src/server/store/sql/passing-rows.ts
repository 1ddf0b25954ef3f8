import type { CampaignId, DeviceId, Instant, MemberId, Sha256 } from '#domain/ids.ts'

/* What is kept for a while and is in no backup. */

export interface SessionTableRow {
  readonly token_hash: Sha256
  readonly campaign_id: CampaignId
  readonly member_id: MemberId
  readonly device_id: DeviceId
  readonly expires_at: Instant
  /** Within an hour or two; empty in sessions of before. */
  readonly used_at: Instant | ''
}

export interface UploadLockRow {
  /** Campaign, device and hash. */
  readonly upload_id: string
  readonly owner: string
  /** Milliseconds since 1970. */
  readonly expires_at: number
  /** Whether somebody waits. */
  readonly wanted: number
}

export interface RateLimitRow {
  /** Of route and caller, hashed. */
  readonly key: string
  readonly hits: number
  /** Milliseconds since 1970. */
  readonly ends_at: number
}

/** A file of a campaign that is gone, as long as it stands on the shelf. */
export interface OrphanRow {
  readonly campaign_id: CampaignId
  readonly sha256: Sha256
}

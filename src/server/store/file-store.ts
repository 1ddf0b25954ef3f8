import type { CampaignId, EntryId, Instant, MemberId, Sha256 } from '#domain/ids.ts'

export interface StoredFile {
  readonly sha256: Sha256
  readonly campaignId: CampaignId
  readonly entryId: EntryId
  readonly type: string
  readonly bytes: number
  readonly uploadedBy: MemberId
  readonly storedAt: Instant
  /** SHA-256 of what the server made of it, a picture encoded anew or sound packed anew: all that anybody is ever shown. Null for what it can make nothing of. */
  readonly shownSha256: Sha256 | null
  /** Whether the bytes stand on the shelf as they were received; `leaving`: they are to go, and may be there still. */
  readonly original: 'kept' | 'leaving' | 'gone'
}

/** The part of a store that knows which files are on the shelf, and who names them. */
export interface FileStore {
  readonly put: (file: StoredFile) => Promise<void>
  readonly get: (campaign: CampaignId, sha256: Sha256) => Promise<StoredFile | null>
  /** All of a campaign in pages, by hash: `after` is the last one of the page before, or nothing. */
  readonly list: (campaign: CampaignId, after: string, limit: number) => Promise<readonly StoredFile[]>
  /** What is kept of originals in a campaign that keeps none is to go, where there is a copy that can be shown. */
  readonly sendOff: (campaign: CampaignId) => Promise<void>
  /** Files whose received bytes are to go, of all campaigns, a few at a time. */
  readonly leaving: (limit: number) => Promise<readonly StoredFile[]>
  /** Its received bytes have been taken off the shelf. */
  readonly originalGone: (campaign: CampaignId, sha256: Sha256) => Promise<void>
  readonly ofEntry: (campaign: CampaignId, entry: EntryId) => Promise<readonly StoredFile[]>
  /** Entries whose changes name this file: it is invisible until there is one. */
  readonly namedBy: (campaign: CampaignId, sha256: Sha256) => Promise<readonly EntryId[]>
}

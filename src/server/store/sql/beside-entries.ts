import type { CampaignId, EntryId, Instant, MemberId, Ref } from '#domain/ids.ts'
import type { PairKind } from '#server/store/near-store.ts'

/* Rows about entries in tables beside them. */

/** What the links of one entry say of others. */
export interface EntryLinkRow {
  readonly campaign_id: CampaignId
  readonly from_id: EntryId
  readonly to_id: EntryId
  readonly kind: string
  /** Of an answer, 1 little or not known, 2 partly, 3 mostly or fully; of what tells of the same event, 1 where somebody else than its author says so. */
  readonly coverage: number
}

/** What of an approved entry may leave; none of it is here that may not. */
export interface DisclosedRow {
  readonly campaign_id: CampaignId
  readonly entry_id: EntryId
  readonly author_id: MemberId
  readonly kind: string
  readonly ref: Ref
  /** How many things an action says were given. */
  readonly outputs: number
  /** JSON of the DisclosedEntry without its author. */
  readonly body: string
}

export interface EntriesApartRow extends Record<'first_id' | 'second_id', EntryId> {
  readonly campaign_id: CampaignId
  readonly kind: PairKind
  readonly member_id: MemberId
  readonly at: Instant
}

export interface AssignmentRow {
  readonly campaign_id: CampaignId
  readonly entry_id: EntryId
  /** Nobody, once it was given back. */
  readonly member_id: MemberId | null
  readonly by_member_id: MemberId
  readonly at: Instant
  /** Of the act that did it: what a list in memory lacks since it was read. */
  readonly number: number
}

import type { CampaignId, EntryId, MemberId } from '#domain/ids.ts'
import type { Assigned, Assignee } from '#protocol/assignment.ts'
import type { Role } from '#protocol/membership.ts'
import type { PersonBy } from '#server/store/audit-store.ts'

export interface Assigning {
  /** Each with whose it was as far as the caller knew: what has gone to somebody else since stays there. */
  readonly entries: readonly { readonly id: EntryId; readonly was: MemberId | null }[]
  /** Nobody: they are given back. */
  readonly to: MemberId | null
  readonly by: PersonBy
}

export interface Reviewer extends Assignee {
  readonly organisation: string | null
}

/** The part of a store that keeps who reads which entry. It says nothing about an entry itself and hides none. */
export interface AssignmentStore {
  /**
   * One act of the log for all that change, in the transaction that does it. Answers whose each entry is now, those that do not
   * exist left out; null when `to` is none of the roles, has left, or is the server's own member.
   */
  readonly assign: (campaign: CampaignId, assigning: Assigning, roles: readonly Role[]) => Promise<readonly Assigned[] | null>
  /** Who can be given entries, by name. */
  readonly reviewers: (campaign: CampaignId, roles: readonly Role[]) => Promise<readonly Reviewer[]>
  /** What was given or taken back after an act, in order and no more than `limit`; `number` is how far was looked. Null: only where it ends. */
  readonly since: (campaign: CampaignId, after: number | null, limit: number) => Promise<{ readonly number: number; readonly assigned: readonly Assigned[] }>
}

import type { CampaignId, ChangeId, EntryId, Instant, MemberId } from '#domain/ids.ts'
import type { PersonBy } from '#server/store/audit-store.ts'

/** A row as it is stored, without what would open a session or an invite. */
export type HeldRow = Readonly<Record<string, string | number | null>>

/** The part of a store that deals with one person as a whole. */
export interface PersonStore {
  /** Every row that names a member or one of their devices, by table. Null: nobody of that name. */
  readonly heldAbout: (campaign: CampaignId, member: MemberId) => Promise<Readonly<Record<string, readonly HeldRow[]>> | null>
  /** How many changes of any kind the member has brought since then, counted up to `most`: below it rather too many than too few. */
  readonly writtenSince: (campaign: CampaignId, member: MemberId, limit: { readonly most: number; readonly since: Instant }) => Promise<number>
  /** When the member's `most`th newest entry, or change of any kind, came, if that was since then: from there on it is too much. Null where they have brought fewer. */
  readonly mostReached: (campaign: CampaignId, member: MemberId, limit: { readonly of: 'entries' | 'changes'; readonly most: number; readonly since: Instant }) => Promise<Instant | null>
  /** Whether any device of theirs is left that is not revoked. */
  readonly hasDevice: (campaign: CampaignId, member: MemberId) => Promise<boolean>
  /** How many entries each member has brought since then. */
  readonly recordsSince: (campaign: CampaignId, since: Instant) => Promise<ReadonlyMap<MemberId, number>>
  /**
   * Sets aside, in one transaction, what a member has brought since then and nobody has decided on; what comes from now on is set aside too.
   * How many entries that were, or null: nobody of that name, or aside already.
   */
  readonly setAside: (campaign: CampaignId, member: MemberId, about: { readonly since: Instant; readonly by: PersonBy; readonly reason: string }) => Promise<number | null>
  /** What is aside that way, in the order of the log. Null: nothing of theirs is aside as a whole. */
  readonly asideOf: (campaign: CampaignId, member: MemberId) => Promise<readonly { readonly id: ChangeId; readonly entryId: EntryId }[] | null>
  /** What comes from now on counts again. What is aside is released by changes. */
  readonly endAside: (campaign: CampaignId, member: MemberId, about: { readonly by: PersonBy; readonly reason: string; readonly count: number }) => Promise<void>
}

import type { CampaignId, DeviceId, EntryId, Instant, MemberId } from '#domain/ids.ts'
import type { Role } from '#protocol/membership.ts'
import type { ActBy } from '#server/store/audit-store.ts'
import type { FilePlace } from '#server/files/shelf.ts'
import type { StoredFile } from '#server/store/file-store.ts'

export interface Who {
  readonly memberId: MemberId
  readonly deviceId: DeviceId
}

export interface EndedAt {
  readonly member: Instant | null
  readonly device: Instant | null
  /** Which role was given since, where the log of acts knows: a credential says the one that there was when it was signed. */
  readonly role: Role | null
}

/** The part of a store that takes out what must go. The words of an entry go by a change of type `erase`; this is for all that no change speaks of. */
export interface ErasureStore {
  /** Whether its words were taken out: what still comes of it is kept by nobody. */
  readonly isErased: (campaign: CampaignId, entry: EntryId) => Promise<boolean>
  /** Whether all of somebody was erased: what their phone still brings, by whatever way, leaves its place in the chain and no word. */
  readonly isPersonErased: (campaign: CampaignId, member: MemberId) => Promise<boolean>
  /** Whether a campaign that is not here any more was erased, by whichever process: its rows are gone, and the log outside of the database alone says so. */
  readonly isCampaignErased: (campaign: CampaignId) => Promise<boolean>
  /** Since when a membership has ended and a device is revoked, also where a restore has left no row of either; null: it is not. */
  readonly endedAt: (campaign: CampaignId, who: Who) => Promise<EndedAt>
  /** The entries of an author. What never counted is none; it goes with the person. */
  readonly entriesBy: (campaign: CampaignId, member: MemberId) => Promise<readonly EntryId[]>
  /** The entries of an author whose words were taken out. */
  readonly erasedOf: (campaign: CampaignId, author: MemberId) => Promise<readonly EntryId[]>
  /**
   * What is left of somebody whose entries are erased: name, organisation, labels of phones, notes of invites, saved views, and what
   * their phones sent that became no entry. Ids, keys and seals stay, because the log is proved by them. False: nobody of that name.
   */
  readonly member: (campaign: CampaignId, member: MemberId, about: { readonly by: ActBy; readonly reason: string }) => Promise<boolean>
  /**
   * What stands beside the entries of a campaign whose time is over: what was set aside, alarms, names, labels of phones, notes, and why
   * somebody was set aside. Memberships stay, so that phones hear of it. How many rows had something: done again it is 0.
   */
  readonly beside: (campaign: CampaignId, at: Instant) => Promise<number>
  /** Every row of a campaign, in one transaction; its files are orphans then. `at` is for the log of erasures outside of the database. */
  readonly campaign: (campaign: CampaignId, at: Instant) => Promise<void>
  /** Files that only erased entries, or people who were erased, have left behind; in a campaign whose time is over, any that no entry names. */
  readonly leftFiles: (over?: CampaignId) => Promise<readonly StoredFile[]>
  /** Files of erased campaigns that may stand on the shelf still: nothing else of them is known. */
  readonly orphans: () => Promise<readonly FilePlace[]>
  /** It has been taken off the shelf. */
  readonly forgetOrphan: (place: FilePlace) => Promise<void>
  /**
   * Forgets such a file together with its bytes, unless somebody names it by now. `remove` runs under the lock on the campaign: whoever
   * keeps the same bytes again waits, and finds out whether they are still there.
   */
  readonly forgetFile: (file: StoredFile, remove: () => Promise<void>, over?: CampaignId) => Promise<boolean>
  /** What was written over leaves the database's own log: SQLite's is emptied as far as nobody reads it, PostgreSQL has one that we cannot. */
  readonly settle: () => Promise<void>
  /** Writes the whole database anew, so that no page of the files holds anything that is gone. Takes long, and keeps others waiting. */
  readonly compact: () => Promise<void>
}

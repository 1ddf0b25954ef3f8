import type { CampaignId, ChangeId, EntryId, Instant, MemberId, Ref, Sha256 } from '#domain/ids.ts'
import type { WrittenPart } from '#domain/written-report.ts'
import type { PersonBy } from '#server/store/audit-store.ts'

export interface StoredDraft {
  /** Null before anybody has set them. */
  readonly settings: { readonly from: string; readonly to: string; readonly next: string | null; readonly version: number } | null
  /** In their order. */
  readonly parts: readonly StoredPart[]
}

export interface StoredPart {
  readonly part: WrittenPart
  /** Between those of its neighbours. */
  readonly place: number
  readonly version: number
  readonly by: { readonly id: MemberId; readonly name: string } | null
  readonly at: Instant
}

/** An entry that counts in an issue, as of the revision that was counted. */
export interface IssueEntry {
  readonly entryId: EntryId
  readonly revision: ChangeId
  readonly contentHash: Sha256
  readonly ref: Ref
  /** Whether its ref stands in the issue. */
  readonly isNamed: boolean
}

export interface IssueHead {
  readonly campaignId: CampaignId
  readonly number: number
  /** Its name in public addresses. */
  readonly slug: string
  readonly from: string
  readonly to: string
  readonly publishedAt: Instant
  readonly by: { readonly id: MemberId; readonly name: string } | null
  /** SHA-256 of `document` as it was published. */
  readonly digest: Sha256
}

export interface StoredIssue extends IssueHead {
  /** What anybody may have: JSON in the form of RFC 8785. Words of an entry that was erased are taken out of it. */
  readonly document: string
  /** Then its digest is of what stood there before. */
  readonly isRedacted: boolean
  readonly written: readonly WrittenPart[]
  readonly corrections: readonly StoredCorrection[]
}

export interface StoredCorrection {
  readonly id: string
  readonly at: Instant
  readonly sentence: string | null
  readonly text: string
  readonly lang: string
}

/** What whoever published it is told. */
export type PublishedAs = Pick<IssueHead, 'number' | 'slug' | 'digest'>

export interface Publishing {
  /** Made by who publishes: the same one again is the same issue. */
  readonly id?: string | undefined
  /** What the issue was composed from: another version of anything is published by nobody. */
  readonly settings: number
  readonly parts: readonly { readonly id: string; readonly version: number }[]
  readonly issue: Pick<StoredIssue, 'number' | 'slug' | 'from' | 'to' | 'document' | 'digest' | 'written'> & { readonly entries: readonly IssueEntry[] }
  /** The period that the draft goes on with. */
  readonly next: { readonly from: string; readonly to: string }
  readonly by: PersonBy
}

/**
 * The part of a store that keeps reports: what is written, and what was published. Each write names the version that it rests on, and
 * null says that there is another one by now.
 */
export interface ReportStore {
  readonly draft: (campaign: CampaignId) => Promise<StoredDraft>
  readonly saveSettings: (campaign: CampaignId, settings: { readonly from: string; readonly to: string; readonly next: string | null; readonly was: number; readonly by: PersonBy }) => Promise<number | null>
  /** `was` 0 makes it; `full` when there are as many as there may be. */
  readonly savePart: (campaign: CampaignId, saving: { readonly part: WrittenPart; readonly place: number; readonly was: number; readonly by: PersonBy }) => Promise<number | 'full' | null>
  /** One that is not there any more is removed. False: another version. */
  readonly removePart: (campaign: CampaignId, removing: { readonly id: string; readonly was: number; readonly by: PersonBy }) => Promise<boolean>
  /** The issue as it is kept now, of whichever attempt with this id was first; null: something is of another version, and nothing was published. */
  readonly publish: (campaign: CampaignId, publishing: Publishing) => Promise<PublishedAs | null>
  /** What was published under an id; null: nothing. */
  readonly publishedAs: (campaign: CampaignId, id: string) => Promise<PublishedAs | null>
  /** The newest first. */
  readonly issues: (campaign: CampaignId) => Promise<readonly IssueHead[]>
  readonly issue: (campaign: CampaignId, number: number) => Promise<StoredIssue | null>
  /** Of whatever campaign. */
  readonly issueAt: (slug: string) => Promise<StoredIssue | null>
  /** The entries whose refs stand in an issue. */
  readonly namedIn: (campaign: CampaignId, number: number) => Promise<readonly IssueEntry[]>
  /** All that count in an issue. */
  readonly countedIn: (campaign: CampaignId, number: number) => Promise<readonly EntryId[]>
  /** How many entries that only count in an issue, without a ref in it, were withdrawn or erased since. */
  readonly withdrawnSince: (campaign: CampaignId, number: number) => Promise<number>
  /** The same id again changes nothing. False: no such issue. */
  readonly correct: (campaign: CampaignId, number: number, correction: Omit<StoredCorrection, 'at'> & { readonly by: PersonBy }) => Promise<boolean | 'differs'>
  /** Which entries of an author count in which issue. */
  readonly usedOf: (campaign: CampaignId, author: MemberId) => Promise<readonly { readonly entryId: EntryId; readonly number: number }[]>
}

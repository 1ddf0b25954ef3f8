import type { CampaignId, DeviceId, EntryId, Instant, MemberId, Sha256 } from '#domain/ids.ts'
import type { Role } from '#protocol/membership.ts'

/** The tables that hold what cannot be made anew, parents first. Sessions are renewed by each device's key, projections by the fold. */
export const backupTables = ['meta', 'campaigns', 'counters', 'members', 'devices', 'invites', 'changes', 'links', 'handed_over', 'seals', 'alarms', 'files', 'restores', 'settlements', 'saved_views', 'campaign_changes', 'entries_apart', 'entry_assignments', 'acts', 'report_drafts', 'report_parts', 'report_issues', 'report_issue_entries', 'report_corrections'] as const
export type BackupTable = (typeof backupTables)[number]

/** One row as it is stored: the same from every database, so that one dump fits them all. */
export interface BackupRow {
  readonly table: BackupTable
  readonly row: Readonly<Record<string, string | number | null>>
}

/** What was erased: an entry, all of a person, or, where neither is named, a campaign. */
export interface Erased {
  readonly campaignId: CampaignId
  readonly entryId?: EntryId | undefined
  readonly memberId?: MemberId | undefined
  readonly at: Instant
}

/** Whose membership was ended, or which device was revoked; where neither is named, what stands beside the entries of a campaign was erased. */
export interface Ended {
  readonly campaignId: CampaignId
  readonly memberId?: MemberId | undefined
  readonly deviceId?: DeviceId | undefined
  readonly at: Instant
}

/** How often an invite was still good, or which role a member was given. */
export type Right = { readonly campaignId: CampaignId; readonly at: Instant } & ({ readonly inviteId: string; readonly usesLeft: number } | { readonly memberId: MemberId; readonly role: Role })

/** What of a file is nowhere any more: its bytes as they came, or the copy that is shown. */
export interface LostFile {
  readonly campaignId: CampaignId
  readonly sha256: Sha256
  readonly kind: 'received' | 'shown'
}

/** How far a campaign has come: enough that no number is given twice. */
export interface CampaignReach {
  readonly seq: number
  readonly challengeRef: number
  readonly actionRef: number
}

/** What makes a loaded dump another history than the one it was taken from. */
export interface Renewal {
  readonly epoch: string
  /** What was erased, perhaps after the dump was made. */
  readonly erasures: readonly Erased[]
  /** Who was ended and what was revoked, perhaps after the dump was made, and perhaps of people whom it does not know. */
  readonly ended: readonly Ended[]
  /** What became of invites and roles, perhaps after the dump was made. */
  readonly rights: readonly Right[]
  /** What the operator accepts to be without: the rows say so, and no later backup looks for it. */
  readonly lost: readonly LostFile[]
  /** Ref counters go on from here at the lowest. */
  readonly reach: (campaign: CampaignId) => Pick<CampaignReach, 'challengeRef' | 'actionRef'>
}

/** The part of a store that lets it be written out as rows and made from rows. */
export interface BackupStore {
  /** Migrations of this database by name: a dump that knows others comes from a newer Terrain. */
  readonly schema: () => Promise<readonly string[]>
  /** Every row of every table above, of one and the same state, while others go on writing. */
  readonly dump: <Result>(take: (rows: AsyncIterable<BackupRow>) => Promise<Result>) => Promise<Result>
  /**
   * In one transaction: all rows into a store without campaigns, and the projection made from them. With a renewal the store
   * begins a new epoch; without one it is the dumped store once more, for a look at it.
   */
  readonly load: (rows: AsyncIterable<BackupRow>, renewal: Renewal | null) => Promise<{ readonly kind: 'loaded' | 'not-empty' }>
  /** Raises what campaigns may tell their devices is safe; nothing when the epoch has changed since. Never lowers it. */
  readonly raiseSafeSeq: (epoch: string, heads: ReadonlyMap<CampaignId, number>) => Promise<void>
  /** Up to which seq a former epoch has the same history as this one; 0 for an epoch that this database does not come from. */
  readonly restoredSeq: (campaign: CampaignId, formerEpoch: string) => Promise<number>
}

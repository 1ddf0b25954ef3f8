import type { CampaignId, ChangeId, DeviceId, EntryId, Instant, MemberId, Ref, Sha256 } from '#domain/ids.ts'
import type { Role } from '#protocol/membership.ts'
import type { SettlementAct } from '#protocol/aside.ts'
import type { QuarantineReason } from '#protocol/problem.ts'
import type { OrphanRow, RateLimitRow, SessionTableRow, UploadLockRow } from '#server/store/sql/passing-rows.ts'
import type { AssignmentRow, DisclosedRow, EntriesApartRow, EntryLinkRow } from '#server/store/sql/beside-entries.ts'
import type { ReportTables } from '#server/store/sql/report-rows.ts'

/** The tables as every store has them (migrations/ makes them). Text that holds JSON says so; flags are 0 and 1. */
export interface Tables extends ReportTables {
  readonly meta: { readonly key: string; readonly value: string }
  readonly campaigns: CampaignRow
  readonly counters: CounterRow
  readonly members: MemberTableRow
  readonly devices: DeviceTableRow
  readonly invites: InviteTableRow
  readonly sessions: SessionTableRow
  readonly changes: ChangeRow
  readonly links: LinkRow
  readonly handed_over: HandedOverRow
  readonly seals: LinkRowOfSeal
  readonly alarms: AlarmRow
  readonly entries: EntryTableRow
  readonly entry_links: EntryLinkRow
  readonly disclosed_entries: DisclosedRow
  readonly entries_apart: EntriesApartRow
  readonly entry_assignments: AssignmentRow
  readonly entry_files: { readonly campaign_id: CampaignId; readonly sha256: Sha256; readonly entry_id: EntryId }
  readonly files: FileRow
  readonly upload_locks: UploadLockRow
  readonly orphans: OrphanRow
  readonly rate_limits: RateLimitRow
  readonly restores: RestoreRow
  readonly settlements: SettlementRow
  readonly saved_views: SavedViewRow
  readonly campaign_changes: CampaignChangeRow
  readonly acts: ActRow
  readonly act_entries: ActEntryRow
}

export interface CampaignRow {
  readonly campaign_id: CampaignId
  /** JSON of the public settings. */
  readonly settings: string
  readonly server_device_id: DeviceId
  readonly server_member_id: MemberId
  readonly private_key: string
  /** PKCS8 PEM of another pair; its public half is in the settings. */
  readonly encryption_private_key: string | null
  readonly default_sensitivity: string
  /** Of a hundred decided entries so many are read by a second person. */
  readonly second_reading: number
  /** How many coordinators, of now or of before, have no name any more. */
  readonly names_gone: number
  readonly created_at: Instant
}

export interface CounterRow {
  readonly campaign_id: CampaignId
  readonly seq: number
  readonly challenge_ref: number
  readonly action_ref: number
  /** Up to here the campaign is inside a verified backup. */
  readonly safe_seq: number
  /** How many acts have given entries to somebody or taken them back. */
  readonly assigned: number
}

export interface MemberTableRow {
  readonly campaign_id: CampaignId
  readonly id: MemberId
  readonly role: Role
  readonly name: string
  readonly organisation: string | null
  readonly language: string
  readonly joined_at: Instant
  readonly ended_at: Instant | null
  readonly aside_since: Instant | null
}

export interface DeviceTableRow {
  readonly campaign_id: CampaignId
  readonly id: DeviceId
  readonly member_id: MemberId
  /** JSON Web Key. */
  readonly public_key: string
  readonly label: string
  /** The invite it joined by: with it, and only with it, a lost answer may be asked for again. */
  readonly invite_id: string | null
  /** The device in whose session it was made, or null. */
  readonly rotated_from: DeviceId | null
  /** Whether the key of the device before it, or an invite, made it; not a session alone. */
  readonly vouched: number
  readonly created_at: Instant
  readonly revoked_at: Instant | null
  readonly last_contact_at: Instant | null
  readonly app_version: string | null
  /** JSON, or null before the first contact. */
  readonly manifest: string | null
  /** How far its clock was ahead of the server's at the last contact. */
  readonly clock_offset_ms: number | null
  /** Up to here nothing of its chain is missing. */
  readonly whole_to: number
}

export interface InviteTableRow {
  readonly campaign_id: CampaignId
  readonly id: string
  readonly secret_hash: Sha256
  readonly role: Role
  readonly uses_left: number
  readonly note: string | null
  readonly created_at: Instant
  readonly expires_at: Instant
  readonly created_by: MemberId | null
  readonly for_device: DeviceId | null
  /** Whether the key of that device wanted it. */
  readonly vouched: number
}

export interface ChangeRow {
  readonly campaign_id: CampaignId
  readonly seq: number
  /** What is unique: the id of a proven change, or `~` and the hash of an unproven one, which so cannot take an id. */
  readonly key: string
  readonly id: ChangeId | null
  readonly entry_id: EntryId | null
  readonly device_id: DeviceId
  readonly device_seq: number | null
  readonly member_id: MemberId
  readonly carried_by: MemberId
  readonly author_id: MemberId
  readonly received_at: Instant
  readonly type: string | null
  readonly change_hash: Sha256
  readonly proven: number
  readonly text: string
  readonly ref: Ref | null
  readonly quarantined: QuarantineReason | null
  readonly released: number
  readonly erased_at: Instant | null
  readonly publishes: 'digest' | 'gone' | null
}

export interface LinkRow {
  readonly campaign_id: CampaignId
  readonly device_id: DeviceId
  readonly device_seq: number
  readonly change_hash: Sha256
  readonly prev_hash: Sha256 | null
  readonly hash: Sha256
}

export interface LinkRowOfSeal {
  readonly campaign_id: CampaignId
  readonly device_id: DeviceId
  readonly device_seq: number
  readonly first_device_seq: number
  readonly prev_hash: Sha256 | null
  readonly hash: Sha256
  readonly sig: string
}

export interface HandedOverRow {
  readonly campaign_id: CampaignId
  readonly device_id: DeviceId
  readonly device_seq: number
}

export interface AlarmRow {
  readonly campaign_id: CampaignId
  readonly kind: 'mismatch' | 'forked'
  readonly device_id: DeviceId
  readonly change_hash: Sha256
  readonly received_at: Instant
  readonly text: string
}

export interface EntryTableRow {
  readonly campaign_id: CampaignId
  readonly id: EntryId
  /** The seq of its record: the order of the queue. */
  readonly seq: number
  readonly ref: Ref
  readonly author_id: MemberId
  readonly kind: string
  readonly state: string
  readonly topic: string
  readonly country: string
  readonly adm1: string | null
  /** The name beside the code in `adm1`: of a region whose code the campaign does not list it says which one is meant. Null without such a code. */
  readonly adm1_name: string | null
  /** 0 for actions, so that paging by severity needs no null. */
  readonly severity: number
  readonly observed_on: string
  readonly device_id: DeviceId
  readonly lang: string
  readonly source: string
  readonly sensitivity: string
  readonly photos: number
  /** `fields` and `verdicts`, as far as they are in conflict, with a blank between; so also the two below. */
  readonly conflict: string
  readonly question: string
  readonly warnings: string
  /** `wanted` and who decided, `agreed` or `differed`. */
  readonly second: string
  /** The seq of the step that brought it into its state: the order of waiting. */
  readonly since_seq: number
  /** The highest seq that took part: what a list in memory lacks since it was read. */
  readonly touched_seq: number
  /** Words for `q`, folded and cut by `domain/words.ts`, with a blank between; the databases make their indexes of words from it. */
  readonly search: string
  /** JSON of the EntryRow without the author's name, which is joined when it is read. */
  readonly row: string
  /** What is public for volunteers now (revision and sensitivity), or null. */
  readonly public_key: string | null
  /** Of its point, coarse whatever its author allowed: for the middle of an area alone. */
  /** Who does it, in the words of the entry; null for challenges. */
  readonly org: string | null
  /** Day and topic with which the report counts it; empty where it does not. */
  readonly counted: string
  readonly lat: number | null
  readonly lon: number | null
}

export interface FileRow {
  readonly campaign_id: CampaignId
  readonly sha256: Sha256
  readonly entry_id: EntryId
  readonly type: string
  readonly bytes: number
  readonly uploaded_by: MemberId
  readonly stored_at: Instant
  readonly shown_sha256: Sha256 | null
  readonly original: 'kept' | 'leaving' | 'gone'
}

/** One former epoch of this database: up to `restored_seq` its history is the one of today. */
export interface RestoreRow {
  readonly campaign_id: CampaignId
  readonly epoch: string
  readonly restored_seq: number
}

export interface CampaignChangeRow {
  readonly campaign_id: CampaignId
  readonly revision: number
  readonly at: Instant
  readonly member_id: MemberId
  /** JSON of what each setting was and became. */
  readonly changes: string
}

/** A projection of `acts`: which of them is about which entries. */
export interface ActEntryRow {
  readonly campaign_id: CampaignId
  readonly entry_id: EntryId
  readonly seq: number
  readonly number: number
}

export interface ActRow {
  readonly campaign_id: CampaignId
  /** The last change before it: its place in the log, with its order behind that one. */
  readonly seq: number
  readonly number: number
  readonly at: Instant
  readonly act: string
  /** Nobody: a command on the server, or what was not kept in older versions. */
  readonly member_id: MemberId | null
  readonly device_id: DeviceId | null
  /** Whom or what it was done to: a member, a device, an invite, what was set aside. */
  readonly subject: string | null
  /** What somebody wrote with it. */
  readonly words: string | null
  /** JSON: codes and numbers, and what settings were and became. */
  readonly detail: string
}

export interface SettlementRow {
  readonly campaign_id: CampaignId
  /** A set-aside change or an alarm, as the presenters name it. */
  readonly subject: string
  readonly at: Instant
  readonly member_id: MemberId
  readonly act: SettlementAct
  readonly reason: string
}

export interface SavedViewRow {
  readonly campaign_id: CampaignId
  readonly id: string
  readonly member_id: MemberId
  readonly name: string
  /** Of the queue's address. */
  readonly search: string
  readonly saved_at: Instant
}

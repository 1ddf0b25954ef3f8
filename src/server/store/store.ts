import type { Change, KnownChange } from '#domain/change.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { CampaignId, ChangeId, DeviceId, EntryId, Instant, MemberId, Ref, Sha256 } from '#domain/ids.ts'
import type { OverviewResponse } from '#protocol/overview.ts'
import type { EntriesResponse, EntryRow } from '#protocol/desk.ts'
import type { Campaign, Member, PublicKey, Role } from '#protocol/membership.ts'
import type { QuarantineReason } from '#protocol/problem.ts'
import type { EntriesFilter, ListFilter } from '#server/store/entry-filters.ts'
import type { Manifest } from '#protocol/sync-request.ts'
import type { Appended, DeviceChain } from '#server/store/appended.ts'
import type { AssignmentStore } from '#server/store/assignment-store.ts'
import type { Standing } from '#server/store/actor-changed.ts'
import type { ActBy, AuditStore } from '#server/store/audit-store.ts'
import type { BackupStore } from '#server/store/backup-store.ts'
import type { CampaignStore } from '#server/store/campaign-store.ts'
import type { DisclosedStore } from '#server/store/disclosed-store.ts'
import type { ErasureStore } from '#server/store/erasure-store.ts'
import type { FileStore } from '#server/store/file-store.ts'
import type { InviteStore } from '#server/store/invite-store.ts'
import type { ReportStore } from '#server/store/report-store.ts'
import type { PersonStore } from '#server/store/person-store.ts'
import type { SavedViewStore } from '#server/store/saved-view-store.ts'
import type { NearStore } from '#server/store/near-store.ts'
import type { FreshStore } from '#server/store/fresh-store.ts'
import type { SettlementStore } from '#server/store/settlement-store.ts'
import type { RateLimitStore } from '#server/store/rate-limit-store.ts'
import type { UpkeepStore } from '#server/store/upkeep-store.ts'
import type { UploadLockStore } from '#server/store/upload-lock-store.ts'

/**
 * What the server keeps, as one contract that every store implements (node:sqlite and PostgreSQL) and one suite
 * checks (tests/support/contracts/stores.ts). Every key starts with the campaign. What writes has committed, durably, when its promise resolves. All times and ids come in from outside.
 */
export interface Store {
  readonly epoch: () => Promise<string>
  readonly campaigns: CampaignStore
  readonly members: MemberStore
  readonly changes: ChangeStore
  readonly entries: EntryStore
  readonly near: NearStore
  readonly fresh: FreshStore
  readonly files: FileStore
  readonly erasures: ErasureStore
  readonly persons: PersonStore
  readonly uploadLocks: UploadLockStore
  readonly rateLimits: RateLimitStore
  readonly settlements: SettlementStore
  readonly savedViews: SavedViewStore
  readonly assignments: AssignmentStore
  readonly reports: ReportStore
  readonly audit: AuditStore
  readonly backup: BackupStore
  readonly upkeep: UpkeepStore
  /** The key that all processes on this database sign session challenges with: the first one that was brought. */
  readonly serverKey: (fresh: Uint8Array) => Promise<Uint8Array>
  /** Whether it answers and can write: for `GET /ready`. */
  readonly check: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface StoredCampaign extends Campaign {
  /** The server's own device in this campaign, and its private key as PKCS8 PEM: imports and receipts are its sealed changes. */
  readonly serverDeviceId: DeviceId
  readonly serverMemberId: MemberId
  readonly privateKey: string
  /** The private half of `encryptionKey` as PKCS8 PEM: it opens what phones seal for the campaign. Null before a start has made it. */
  readonly encryptionPrivateKey?: string | null
  readonly defaultSensitivity: 'low' | 'moderate' | 'high' | 'severe'
  readonly secondReading?: number
  /** How many of those who could decide here have no name any more; absent: nobody. */
  readonly namesGone?: number
}

export interface StoredDevice {
  readonly id: DeviceId
  readonly campaignId: CampaignId
  readonly memberId: MemberId
  readonly publicKey: PublicKey
  readonly label: string
  /** The device in whose session this one was made (`POST /devices/rotate`). */
  readonly rotatedFrom?: DeviceId | null
  /** False: made out of a session alone, so it proves no act (`server/http/proof.ts`). */
  readonly isVouched?: boolean
  readonly createdAt: Instant
  readonly revokedAt: Instant | null
  readonly lastContactAt: Instant | null
  readonly appVersion: string | null
  readonly manifest: Manifest | null
  readonly clockOffsetMs?: number | null
}

export interface StoredMember extends Member {
  readonly campaignId: CampaignId
  readonly joinedAt: Instant
  readonly endedAt: Instant | null
  /** What came since then and was not decided, and all that comes, is set aside as a whole. */
  readonly asideSince?: Instant | null
}

/** Written out, because `Omit` on a type with open keys loses the known ones. */
export interface JoiningMember {
  readonly id: MemberId
  readonly name: string
  readonly organisation?: string | undefined
  readonly language: string
  readonly joinedAt: Instant
  readonly endedAt: Instant | null
}

export interface StoredSession {
  /** SHA-256 of the token: the token itself is never kept. */
  readonly tokenHash: Sha256
  readonly campaignId: CampaignId
  readonly memberId: MemberId
  readonly deviceId: DeviceId
  readonly expiresAt: Instant
  readonly usedAt: Instant
}

export type JoinOutcome = { readonly kind: 'joined' | 'again'; readonly member: StoredMember; readonly inviteId: string; readonly usesLeft: number } | { readonly kind: 'invite-invalid' | 'device-key-differs' }

export interface MemberStore extends InviteStore {
  /**
   * In one transaction: takes one use of the invite and makes member and device. The same device id and key again, by the same invite (even when used
   * up since), is `again` and uses nothing up. A revoked device or another key: `device-key-differs`. By an invite `forDevice` it is another device of that one's member, revoked together with it; `invites` does not list those.
   */
  readonly join: (request: { readonly inviteHash: Sha256; readonly member: JoiningMember; readonly device: Omit<StoredDevice, 'campaignId' | 'memberId' | 'revokedAt' | 'lastContactAt' | 'appVersion' | 'manifest'>; readonly at: Instant }) => Promise<JoinOutcome>
  /** A member without an invite: the server's own, demonstrations, readmission by credential. Member and device that exist stay as they are. */
  readonly add: (member: StoredMember, device: StoredDevice) => Promise<void>
  readonly get: (campaign: CampaignId, id: MemberId) => Promise<StoredMember | null>
  readonly list: (campaign: CampaignId) => Promise<readonly StoredMember[]>
  /** Another role, or the end of a membership together with its sessions. False: nobody of that name, or ended before; or whoever wants it is no coordinator any more. */
  readonly change: (campaign: CampaignId, id: MemberId, change: { readonly role: Role } | { readonly endedAt: Instant }, by: ActBy) => Promise<boolean>
  readonly device: (id: DeviceId) => Promise<StoredDevice | null>
  readonly devices: (campaign: CampaignId) => Promise<readonly (StoredDevice & { readonly highDeviceSeq: number; readonly missing: readonly number[] })[]>
  /** What a device says of itself without bringing anything; how far its chain has come. */
  readonly touchDevice: (campaign: CampaignId, id: DeviceId, contact: DeviceContact) => Promise<DeviceChain>
  /** The device and all that were made out of its session, one after the other: a thief may have taken a new name before. */
  readonly revokeDevice: (campaign: CampaignId, id: DeviceId, at: Instant, by?: Omit<ActBy, 'at'>) => Promise<void>
  readonly createSession: (session: StoredSession) => Promise<void>
  /** With whose it is, and in which history of the database. Null when there is none, it has expired, was last used before `idleSince`, or its device is revoked. */
  readonly session: (tokenHash: Sha256, now: Instant, idleSince: Instant) => Promise<(StoredSession & { readonly member: StoredMember; readonly device: StoredDevice; readonly campaign: StoredCampaign; readonly epoch: string }) | null>
  readonly useSession: (tokenHash: Sha256, at: Instant) => Promise<void>
}

/** A pushed change with everything expensive already done: parsed, hashed, its seal verified. */
export interface PreparedChange {
  /** Null when not even the id could be read. */
  readonly id: ChangeId | null
  readonly entryId: EntryId | null
  readonly deviceSeq: number | null
  readonly type: string | null
  /** Of the parsed change; of its raw bytes when it could not be parsed. */
  readonly changeHash: Sha256
  /**
   * Its place in the device's chain, null when no seal proves it. An unproven change is quarantined under a key made from
   * `changeHash`: it takes neither its id nor its deviceSeq, so the true change can still come.
   */
  readonly link: { readonly deviceSeq: number; readonly prevHash: Sha256 | null; readonly hash: Sha256 } | null
  /** The received change, byte for byte as it was in the request (re-serialised JSON only when it came inside one). */
  readonly text: string
  readonly change: Change | null
  /** A reason found before the transaction (does not parse, bad seal, revoked device, too large), or null. */
  readonly refused: QuarantineReason | null
}

/** What the judge may look at inside the transaction. */
export interface JudgeContext {
  readonly author: MemberId | null
  readonly entryExists: boolean
  /** The entry as folded so far, earlier changes of this run included; null when it is not known. */
  readonly entry: EntryState | null
  /** SHA-256 of JCS({content, corrections}) of a revision of this entry, or null when there is no such revision. */
  readonly contentHashOf: (revision: ChangeId) => Sha256 | null
  /** Of an entry that does not count: `own` when nobody else has sent anything of it that is kept, or when one's own was erased; `gone` when that of others was; else null. */
  readonly erasable: 'own' | 'gone' | null
}

export interface StoredSeal {
  readonly deviceId: DeviceId
  readonly deviceSeq: number
  readonly firstDeviceSeq: number
  readonly prevHash: Sha256 | null
  readonly hash: Sha256
  readonly sig: string
}

/** What a device says of itself with each sync. What a copy says that was set back behind the log is not kept: it is about to become another device. */
export interface DeviceContact {
  readonly at: Instant
  readonly appVersion: string | null
  readonly manifest: Manifest | null
  readonly clockOffsetMs?: number | undefined
}

export interface AppendRun {
  readonly campaignId: CampaignId
  /** The device and member whose key fits the seal. */
  readonly deviceId: DeviceId
  readonly memberId: MemberId
  /** The member of the session that brought it; differs for imports and couriers. */
  readonly carriedBy: MemberId
  readonly receivedAt: Instant
  /** Null when it did not fit, or when there was none (opaque bytes): every change must then be unproven. */
  readonly seal: StoredSeal | null
  readonly changes: readonly PreparedChange[]
  /** Kept in the same commit: one of its own would cost as much as the run. */
  readonly contact?: DeviceContact
  /** `drop` keeps nothing of a run that does not continue the chain: its sealer (the server itself) seals it anew. Default: kept as alarms. */
  readonly onFork?: 'drop'
  /** Whether an entry was erased before, as far as anybody remembers: after a restore the log may not. Its changes are kept without their words. */
  readonly isErased?: (entry: EntryId) => boolean
  /** Of somebody who is erased the places in the chain are kept and no word; of the entries that they wrote on that says nothing. */
  readonly isAuthorErased?: boolean
  /** Its author as the caller has read them; `ActorChanged` is thrown when they are not that any more. */
  readonly author?: Standing
  /** Who may do what, judged at receipt; null means it may. Pure. */
  readonly judge: (change: Change, context: JudgeContext) => QuarantineReason | null
}

export interface StoredChange {
  readonly seq: number
  readonly id: ChangeId | null
  readonly entryId: EntryId | null
  readonly deviceId: DeviceId
  readonly deviceSeq: number | null
  readonly memberId: MemberId
  readonly carriedBy: MemberId
  readonly receivedAt: Instant
  readonly type: string | null
  readonly changeHash: Sha256
  /** Whether a seal proves it. */
  readonly proven: boolean
  /** As received; empty when erased. */
  readonly text: string
  readonly ref: Ref | null
  readonly quarantined: QuarantineReason | null
  /** Whether a release makes it count although it is quarantined. */
  readonly released: boolean
  readonly erasedAt: Instant | null
  /** The author of its entry, who may pull it; its own member while the entry is unknown. */
  readonly author: MemberId
  /** What this change made public or took back for volunteers: pull items at this seq. Null once a later change says something else. */
  readonly publishes: 'digest' | 'gone' | null
}

/** One place in a device's chain. It names a change that may have come under another device first (a rotated key). */
export interface StoredLink {
  readonly deviceId: DeviceId
  readonly deviceSeq: number
  readonly changeHash: Sha256
  readonly prevHash: Sha256 | null
  readonly hash: Sha256
}

export interface ChangeStore {
  /**
   * In one transaction under the lock on the campaign's counter: dedupes, judges, gives gapless seq and refs, writes the changes and seal, and brings the entries
   * projection up to date. Results are in the order of `changes`. A change that was quarantined before is `quarantined` again with its first seq and reason: a lost answer changes nothing of what is told.
   * A run that does not continue the stored chain is `forked` as a whole: the device rotates its key and sends it again.
   */
  readonly append: (run: AppendRun) => Promise<Appended>
  readonly chain: (campaign: CampaignId, device: DeviceId) => Promise<DeviceChain>
  /**
   * What a member may pull above `after`, in seq order, read in one transaction with epoch and head. A volunteer gets the
   * changes of entries whose author they are, and what `publishes`; `all` gives everything. `next` is below `after` only where the log ends there.
   */
  readonly pull: (query: { readonly campaignId: CampaignId; readonly memberId: MemberId; readonly see: 'own' | 'ownAndPublic' | 'all'; readonly after: number; readonly limit: number; /** Places, both included, that nobody has to read again. */ readonly had?: { readonly from: number; readonly to: number } }) => Promise<{ readonly changes: readonly StoredChange[]; readonly next: number; readonly more: boolean; readonly epoch: string; readonly safeSeq: number }>
  /** Every change in seq order, in pages: for `verify`, `rebuild` and exports. */
  readonly scan: (campaign: CampaignId, after: number, limit: number) => Promise<readonly StoredChange[]>
  readonly ofEntry: (campaign: CampaignId, entry: EntryId) => Promise<readonly StoredChange[]>
  readonly held: /** Which of these have a place in the log, whatever became of them. */ (campaign: CampaignId, ids: readonly ChangeId[]) => Promise<ReadonlySet<ChangeId>>
  readonly quarantined: /** And not released. */ (campaign: CampaignId) => Promise<readonly StoredChange[]>
  /** An entry's changes as the fold takes them: parsed, without what is erased or cannot be read. */
  readonly known: (campaign: CampaignId, entry: EntryId) => Promise<readonly KnownChange[]>
  readonly seals: (campaign: CampaignId) => Promise<readonly StoredSeal[]>
  /** In order of device and deviceSeq. */
  readonly links: (campaign: CampaignId) => Promise<readonly StoredLink[]>
  readonly places: /** What stands there, with its time: nothing where the log does not go. */ (campaign: CampaignId, seqs: readonly number[]) => Promise<readonly Pick<StoredChange, 'seq' | 'changeHash' | 'receivedAt'>[]>
  /** How far the campaign's seq has come: what `scan` must end at. */
  readonly headSeq: (campaign: CampaignId) => Promise<number>
  /** Changes that came twice with one id and other content, or at a taken deviceSeq: kept as text, a person must look. */
  readonly alarms: (campaign: CampaignId) => Promise<readonly { readonly kind: 'mismatch' | 'forked'; readonly deviceId: DeviceId; readonly receivedAt: Instant; readonly text: string }[]>
}

export interface EntryStore extends DisclosedStore {
  readonly list: (campaign: CampaignId, filter: EntriesFilter) => Promise<EntriesResponse>
  /** Counts by area, topic, day and severity, each without its own dimension. */
  readonly overview: (campaign: CampaignId, filter: ListFilter) => Promise<OverviewResponse>
  /** How many entries each of these leaves. */
  readonly counts: (campaign: CampaignId, filters: readonly ListFilter[]) => Promise<readonly number[]>
  readonly row: (campaign: CampaignId, id: EntryId) => Promise<EntryRow | null>
  /** Ids of entries, of all or of those in some states, in ref order: for reports; or of those with these refs, in no order. */
  readonly ids: (campaign: CampaignId, query: { readonly states?: readonly string[]; readonly kind?: string } | { readonly refs: readonly Ref[] }) => Promise<readonly EntryId[]>
  /** The sensitivity, the latest content and what was approved, ready to be disclosed: `known` folded. */
  readonly state: (campaign: CampaignId, id: EntryId) => Promise<EntryState | null>
  /** Makes the projection anew from the changes; `differing` are the entries whose row was not the same before (none, if all is well). */
  readonly rebuild: (campaign: CampaignId) => Promise<{ readonly entries: number; readonly differing: readonly EntryId[] }>
  readonly countByMember: (campaign: CampaignId) => Promise<ReadonlyMap<MemberId, number>>
}

import type { ApiProblem } from '#device/device.ts'
import type { ChosenFile } from '#device/handing-over.ts'
import type { Instant } from '#domain/ids.ts'
import type { Result } from '#domain/result.ts'
import type { ExportOrder } from '#protocol/export-order.ts'
import type { ReportFormat } from '#protocol/report.ts'
import type { AuditResponse } from '#protocol/audit.ts'
import type { OverviewResponse } from '#protocol/overview.ts'
import type { EntriesResponse, EntryResponse, EntrySort, FacetName, InviteRow, MemberPatch, MemberRow } from '#protocol/desk.ts'
import type { ImportResponse } from '#protocol/import.ts'
import type { Assigned, AssignRequest, ReviewerRow } from '#protocol/assignment.ts'
import type { ApartRequest, NearResponse } from '#protocol/near.ts'
import type { SavedView } from '#protocol/saved-view.ts'
import type { FreshResponse } from '#protocol/fresh.ts'
import type { AlarmRow, QuarantineResponse, SettleRequest } from '#protocol/aside.ts'
import type { CampaignPatch, CampaignResponse } from '#protocol/campaign.ts'
import type { Role } from '#protocol/membership.ts'
import type { WrittenReportApi } from '#device/sync/report-api.ts'

/** Filters of the queue, as the desk holds them in its address. */
export interface EntriesFilter extends Readonly<Partial<Record<FacetName, readonly string[]>>> {
  /** Days, `YYYY-MM-DD`, both included. */
  readonly from?: string
  readonly to?: string
  readonly q?: string
  /** The organisation that acts; '' for actions that name none. */
  readonly doer?: string
  /** Only what the report counts. */
  readonly counted?: 'yes'
  readonly sort?: EntrySort
  readonly after?: string
  readonly limit?: number
  readonly facets?: readonly FacetName[]
}

/** Which acts of the campaign; days are `YYYY-MM-DD`, both included. */
export interface AuditFilter {
  readonly type?: string
  readonly member?: string
  readonly ref?: string
  /** The acts on one entry, by its id. */
  readonly entry?: string
  readonly from?: string
  readonly to?: string
}

/** Which report, and in which language; days are `YYYY-MM-DD`, both included. */
export interface ReportOrder {
  readonly from: string
  readonly to: string
  readonly language: string
}

/** What the desk asks of the server. Each call renews an expired session by itself; answers are parsed by the wire schemas. */
export interface DeskApi extends WrittenReportApi {
  readonly entries: (filter: EntriesFilter) => Promise<Result<EntriesResponse, ApiProblem>>
  /** Counts by area, topic, day and severity under the same filters. */
  readonly overview: (filter: EntriesFilter) => Promise<Result<OverviewResponse, ApiProblem>>
  /** How many entries each set of filters leaves, in order. */
  readonly entryCounts: (filters: readonly EntriesFilter[]) => Promise<Result<readonly number[], ApiProblem>>
  /** The views that this coordinator has saved, on whatever device. */
  readonly savedViews: () => Promise<Result<readonly SavedView[], ApiProblem>>
  /** Saves it, or names it anew. */
  readonly saveView: (view: SavedView) => Promise<Result<null, ApiProblem>>
  readonly removeView: (id: string) => Promise<Result<null, ApiProblem>>
  readonly entry: (id: string) => Promise<Result<EntryResponse, ApiProblem>>
  /** What it may have to do with others, and who is tied to it. */
  readonly near: (id: string) => Promise<Result<NearResponse, ApiProblem>>
  /** Somebody has looked and says that two entries have nothing to do with each other, or takes that back. */
  readonly setApart: (id: string, pair: ApartRequest) => Promise<Result<null, ApiProblem>>
  /** Who can be given entries to read, with how many wait for each. */
  readonly reviewers: () => Promise<Result<readonly ReviewerRow[], ApiProblem>>
  /** Gives entries to somebody, or back; the answer says whose each is now. */
  readonly assign: (request: AssignRequest) => Promise<Result<readonly Assigned[], ApiProblem>>
  /** What has happened after a place in the log, and whose entries have become after an act that gave them; null asks only where either ends. */
  readonly fresh: (after: number | null, assignments: number | null, asides: string | null) => Promise<Result<FreshResponse, ApiProblem>>
  readonly members: () => Promise<Result<readonly MemberRow[], ApiProblem>>
  /** Everything of a member, for good; how many entries that were. */
  readonly eraseMember: (id: string, reason: string) => Promise<Result<number, ApiProblem>>
  /** What is held about a member, as a ZIP. */
  readonly heldAbout: (id: string) => Promise<Result<ArrayBuffer, ApiProblem>>
  /** Sets aside what a member has brought since then and nobody has decided on, and all that comes; how many entries that were. */
  readonly setMemberAside: (id: string, aside: { readonly since: Instant; readonly reason: string }) => Promise<Result<number, ApiProblem>>
  /** Lets all of it count again; how many steps that were. */
  readonly releaseMember: (id: string) => Promise<Result<number, ApiProblem>>
  /** Another role, or the end of a membership; what was written stays. */
  readonly changeMember: (id: string, patch: MemberPatch) => Promise<Result<null, ApiProblem>>
  /** Every act of the campaign, the newest first; `before` is the `next` of the page before. */
  readonly audit: (filter: AuditFilter, before: string | null) => Promise<Result<AuditResponse, ApiProblem>>
  /** The same acts as a file. */
  readonly auditText: (format: 'csv' | 'jsonl', filter: AuditFilter) => Promise<Result<string, ApiProblem>>
  readonly invites: () => Promise<Result<readonly InviteRow[], ApiProblem>>
  readonly createInvite: (invite: { readonly role: Role; readonly uses?: number; readonly days?: number; readonly note?: string }) => Promise<Result<{ readonly invite: InviteRow; readonly url: string }, ApiProblem>>
  readonly deleteInvite: (id: string) => Promise<Result<null, ApiProblem>>
  /** Ends the sessions of a lost phone and of those made out of it. Asked for twice it is done once. */
  readonly revokeDevice: (id: string) => Promise<Result<null, ApiProblem>>
  /** What the server keeps without counting it. */
  readonly quarantine: () => Promise<Result<QuarantineResponse, ApiProblem>>
  readonly alarms: () => Promise<Result<readonly AlarmRow[], ApiProblem>>
  /** A word on a set-aside change or an alarm; the same twice is one. */
  readonly settle: (settlement: SettleRequest) => Promise<Result<null, ApiProblem>>
  /** The settings of the own campaign, with who changed them. */
  readonly campaign: () => Promise<Result<CampaignResponse, ApiProblem>>
  /** Changes settings; `precondition-failed` when somebody else changed some since. This device has them when it resolves. */
  readonly changeCampaign: (patch: CampaignPatch) => Promise<Result<CampaignResponse, ApiProblem>>
  /** `trial`: a table is compared with what is here, and nothing of it comes in. */
  readonly importFile: (format: 'csv' | 'hxl' | 'table' | 'trial' | 'bundle', text: string, how?: { readonly again?: boolean }) => Promise<Result<ImportResponse, ApiProblem>>
  /** A phone's sealed file, in parts; `onSent` says how far. What is no such file is `no-bundle`. */
  readonly importSealed: (file: ChosenFile, onSent: (bytes: number) => void) => Promise<Result<ImportResponse, ApiProblem>>
  /** A file that the server makes, byte for byte. */
  readonly exportFile: (order: ExportOrder) => Promise<Result<ArrayBuffer, ApiProblem>>
  /** The report on what is approved now: one page that needs nothing else, or a document for a word processor. */
  readonly reportFile: (order: ReportOrder, format: ReportFormat) => Promise<Result<ArrayBuffer, ApiProblem>>
  /** Where the same page can be opened (same origin, with the session). */
  readonly reportUrl: (order: ReportOrder) => string
  /** Where a picture of an entry can be shown from (same origin, with the session). */
  readonly fileUrl: (sha256: string, width?: number) => string
}

import type { CampaignId, ChangeId, EntryId, Instant, MemberId, Ref, Sha256 } from '#domain/ids.ts'

/** The tables of reports, beside those of entries. */
export interface ReportTables {
  readonly report_drafts: { readonly campaign_id: CampaignId; readonly period_from: string; readonly period_to: string; readonly next_on: string | null; readonly version: number; readonly member_id: MemberId; readonly at: Instant }
  readonly report_parts: ReportPartRow
  readonly report_issues: ReportIssueRow
  readonly report_issue_entries: ReportIssueEntryRow
  readonly report_corrections: { readonly campaign_id: CampaignId; readonly number: number; readonly id: string; readonly at: Instant; readonly member_id: MemberId; readonly sentence: string | null; readonly words: string; readonly lang: string }
}

export interface ReportPartRow {
  readonly campaign_id: CampaignId
  readonly id: string
  readonly place: number
  /** JSON of the finding or priority. */
  readonly body: string
  readonly version: number
  readonly member_id: MemberId
  readonly at: Instant
}

export interface ReportIssueRow {
  readonly campaign_id: CampaignId
  readonly number: number
  readonly slug: string
  readonly period_from: string
  readonly period_to: string
  readonly published_at: Instant
  readonly member_id: MemberId
  readonly document: string
  readonly digest: Sha256
  readonly publish_id: string | null
  readonly redacted: number
  /** JSON of what it was composed from. */
  readonly written: string
}

export interface ReportIssueEntryRow {
  readonly campaign_id: CampaignId
  readonly number: number
  readonly entry_id: EntryId
  readonly revision: ChangeId
  readonly content_hash: Sha256
  readonly ref: Ref
  readonly named: number
}

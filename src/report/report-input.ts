import type { Area } from '#domain/areas.ts'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { MemberId } from '#domain/ids.ts'
import type { WrittenPart } from '#domain/written-report.ts'
import type { Period } from '#report/weeks.ts'

/** What a report is composed from. Nothing of it depends on a language, a clock or chance. */
export interface ReportInput {
  readonly campaign: ReportCampaign
  /** Both days included, by the day of what was observed. */
  readonly period: { readonly from: string; readonly to: string }
  /** The day on which it is composed, where the campaign takes place. */
  readonly asOf: string
  /** Null: a working report, which is no issue yet. */
  readonly issue: number | null
  /** About when the next issue comes, or null. */
  readonly next: string | null
  /** Every entry of the campaign as it stands; which of them count is decided here. */
  readonly entries: Iterable<EntryState>
  /** The organisation of whoever reports, or null where there is none. No name comes in. */
  readonly organisations: ReadonlyMap<MemberId, string | null>
  /** What coordinators wrote, in its order. */
  readonly written: readonly WrittenPart[]
  /** Null in the first issue. */
  readonly before: IssueBefore | null
}

/** What the next issue says its changes against. */
export interface IssueBefore {
  /** Its days; absent where nobody knows them. */
  readonly period?: Period
  /** Reports by topic, as its tree showed them. */
  readonly topics: ReadonlyMap<string, number>
  readonly written: readonly WrittenPart[]
}

export interface ReportCampaign {
  readonly name: string
  readonly countries: readonly string[]
  readonly areas: readonly Area[]
  readonly topics?: readonly { readonly code: string }[] | undefined
  readonly defaultSensitivity: Sensitivity
}

import type { Area } from '#domain/areas.ts'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { Instant, MemberId } from '#domain/ids.ts'
import type { Citation, Confidence } from '#report/tree.ts'

/** What a report is composed from. Nothing of it depends on a language, a clock or chance. */
export interface ReportInput {
  readonly campaign: ReportCampaign
  /** Both days included, by the day of what was observed. */
  readonly period: { readonly from: string; readonly to: string }
  readonly asOf: Instant
  /** Null: a working report, which is no issue yet. */
  readonly issue: number | null
  /** About when the next issue comes, or null. */
  readonly next: string | null
  /** Every entry of the campaign as it stands; which of them count is decided here. */
  readonly entries: Iterable<EntryState>
  /** The organisation of whoever reports, or null where there is none. No name comes in. */
  readonly organisations: ReadonlyMap<MemberId, string | null>
  readonly written: WrittenReport
  /** Reports by topic of the issue before, as its tree showed them; null in the first one. */
  readonly before: ReadonlyMap<string, number> | null
}

export interface ReportCampaign {
  readonly name: string
  readonly countries: readonly string[]
  readonly areas: readonly Area[]
  readonly topics?: readonly { readonly code: string }[] | undefined
  readonly defaultSensitivity: Sensitivity
}

/** What coordinators wrote: findings under one of the three questions, and priorities. */
export interface WrittenReport {
  readonly findings: readonly WrittenFinding[]
  readonly priorities: readonly WrittenPriority[]
}

export interface WrittenSentence {
  readonly id: string
  readonly text: string
  readonly lang: string
  readonly cites: readonly Citation[]
}

export interface WrittenFinding {
  readonly id: string
  readonly question: 1 | 2 | 3
  readonly topic: string | null
  readonly sentences: readonly WrittenSentence[]
  readonly against: readonly Contradiction[]
  /** A coordinator's word on the confidence: it may lower what is computed, never raise it. */
  readonly confidence?: Confidence | undefined
}

/** An entry that says otherwise; `settled` says how it was settled, null while it is not. */
export interface Contradiction extends Citation {
  readonly settled: string | null
}

export interface WrittenPriority extends Omit<WrittenFinding, 'question'> {
  readonly horizon: string
  readonly addressees: readonly string[]
  readonly programme: string
  readonly sdgs: readonly number[]
}

export const nothingWritten: WrittenReport = { findings: [], priorities: [] }

import type { Ref, Sha256 } from '#domain/ids.ts'
import type { Confidence } from '#domain/written-report.ts'
import type { LabelList } from '#i18n/labels.ts'
import type { ReportMessages } from '#i18n/load-report.ts'

/**
 * A report without a format: what is said, as keys of messages with values, and what was counted. Page, paper and document are made from the
 * same tree. Free words in it are quotations and what coordinators wrote, and nothing else.
 */
export interface ReportTree {
  readonly version: 1
  readonly blocks: readonly Block[]
}

export type ReportKey = keyof ReportMessages

/** A message with its values. */
export interface Said {
  readonly say: ReportKey
  readonly with?: Readonly<Record<string, Value>>
}

export type Value =
  | { readonly is: 'figure'; readonly figure: Figure; readonly unit: Unit }
  | { readonly is: 'number'; readonly number: number }
  /** A number that no report tells: that is not none. */
  | { readonly is: 'untold' }
  /** Of reports only, only from thirty on, and always beside the number that it is a share of. */
  | { readonly is: 'percent'; readonly share: number }
  | { readonly is: 'code'; readonly list: LabelList; readonly code: string }
  | { readonly is: 'topic'; readonly topic: string }
  | { readonly is: 'area'; readonly area: AreaName }
  | { readonly is: 'areas'; readonly areas: readonly AreaName[] }
  | { readonly is: 'topics'; readonly topics: readonly string[] }
  | { readonly is: 'groups'; readonly groups: readonly string[] }
  | { readonly is: 'day'; readonly day: string }
  | { readonly is: 'text'; readonly text: string }

/** What a figure counts; each has a message for a count and one for a number that is not shown. */
export const figureUnits = ['reports', 'challenges', 'actions', 'authors', 'organisations', 'people', 'volunteers', 'areas'] as const
export type Unit = (typeof figureUnits)[number]

/**
 * A computed number and where it comes from. `id` names its entries in the composition's evidence; `sample` are some that anybody may open.
 * `count` null is a number that is not shown: one to four, or one from which such a number could be worked out.
 */
export interface Figure {
  readonly id: string
  readonly count: number | null
  readonly sample: readonly Ref[]
}

/** A region as the campaign names it, or in words of at least five reports, or a country without one. */
export interface AreaName {
  readonly country: string
  readonly code: string | null
  readonly name: string | null
  /** A country from which nobody reports, whatever the region. */
  readonly isWhole?: true
}

export interface Ranked {
  readonly list: LabelList
  readonly code: string
  readonly reports: Figure
  readonly authors: Figure
}

/** Counts by two things; what is not shown is null in `count`. */
export interface CrossTable {
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly cells: readonly (readonly Figure[])[]
}

export interface Quotation {
  readonly text: string
  readonly lang: string
  /** A role, never a name. */
  readonly role: string | null
  /** Null, like its month: its entry may not be shown any more. */
  readonly area: AreaName | null
  readonly month: string | null
  readonly ref: Ref
}

/** A photo beside a finding, which a coordinator picked and the person agreed to. */
export interface ReportPhoto {
  /** As its entry names it: SHA-256 of the bytes that its author's phone made. Null: it may not be shown any more. */
  readonly photo: Sha256 | null
  /** In pixels, as far as its author's phone said. */
  readonly width: number
  readonly height: number
  readonly caption: string | null
  readonly lang: string
  /** As with words. */
  readonly area: AreaName | null
  readonly month: string | null
  readonly ref: Ref
}

/** A figure of the report within a sentence; whether it counts entries, or authors, people and the like. */
export interface InsertedFigure extends Figure {
  readonly isOfEntries: boolean
}

/** A sentence of a coordinator with what it rests on. `unsupported`: on nothing that can be cited. */
export interface CitedSentence {
  readonly id: string
  /** Words as they were written, and the numbers that were inserted between them. */
  readonly parts: readonly (string | InsertedFigure)[]
  readonly lang: string
  readonly refs: readonly Ref[]
  /** Entries that are only counted, never named. */
  readonly sensitive: Figure | null
  readonly unsupported: boolean
}

export interface ComposedFinding {
  readonly id: string
  readonly topic: string | null
  readonly sentences: readonly CitedSentence[]
  /** Null: it rests on no entry, and nothing can be said of how far it may be trusted. */
  readonly confidence: Confidence | null
  readonly lowered: boolean
  readonly quotations: readonly Quotation[]
  /** Absent where there is none. */
  readonly photos?: readonly ReportPhoto[]
  readonly against: readonly Ref[]
  /** Against the issue before; null where there is none. */
  readonly since: 'new' | 'changed' | 'same' | null
}

export interface ComposedPriority extends ComposedFinding {
  readonly horizon: string
  readonly addressees: readonly string[]
  readonly programme: string
  readonly sdgs: readonly number[]
  /** Whether it rests on as many entries and authors as a priority wants. */
  readonly founded: boolean
}

/** The three that every report answers, in their order. */
export const questions = [1, 2, 3] as const
export type Question = (typeof questions)[number]

export type Block = CoverBlock | StandingBlock | HighlightsBlock | KeyFiguresBlock | MapBlock | ChallengesBlock | MobilizationBlock | ConsequencesBlock | EvolutionBlock | RumoursBlock | MethodBlock | SilenceBlock | AnnexBlock

export interface CoverBlock {
  readonly block: 'cover'
  readonly campaign: string
  readonly period: { readonly from: string; readonly to: string }
  readonly asOf: string
  readonly issue: number | null
  readonly next: string | null
  readonly challenges: Figure
  readonly actions: Figure
  readonly languages: readonly string[]
}

export interface StandingBlock {
  readonly block: 'standing'
  readonly text: Said
}

export interface HighlightsBlock {
  readonly block: 'highlights'
  /** `question`: which of the three it answers; absent in issues of before it was said. */
  readonly sentences: readonly { readonly text: Said; readonly figure: Figure; readonly question?: Question }[]
  /** What is said of questions that no sentence answers, and of the priorities. */
  readonly beside?: readonly { readonly text: Said; readonly question: Question }[]
}

export interface KeyFiguresBlock {
  readonly block: 'keyFigures'
  /** `rests`: of how many reports a sum is; absent in issues of before it was said. */
  readonly tiles: readonly { readonly value: Value; readonly label: Said; readonly limit: Said; readonly rests?: Said }[]
}

export interface MapBlock {
  readonly block: 'map'
  readonly areas: readonly { readonly area: AreaName; readonly challenges: Figure; readonly actions: Figure; readonly authors: Figure; readonly silent: boolean }[]
  readonly disclaimer: Said
}

export interface ChallengesBlock {
  readonly block: 'challenges'
  readonly question: Said
  readonly topics: readonly Ranked[]
  /** Topics by reported severity. */
  readonly severity: CrossTable
  readonly groups: CrossTable
  readonly needs: readonly Ranked[]
  readonly causes: readonly Ranked[]
  /** About no topic that has reports. */
  readonly findings: readonly ComposedFinding[]
  readonly themes: readonly { readonly topic: string; readonly findings: readonly ComposedFinding[]; readonly quotations: readonly Quotation[] }[]
}

export interface GapCell {
  readonly total: Figure
  readonly steps: readonly { readonly step: string; readonly reports: Figure }[]
}

export interface MobilizationBlock {
  readonly block: 'mobilization'
  readonly question: Said
  readonly types: readonly Ranked[]
  readonly organisationTypes: readonly Ranked[]
  readonly topics: readonly Ranked[]
  readonly novelty: readonly Ranked[]
  readonly status: readonly Ranked[]
  readonly resources: readonly Ranked[]
  readonly works: readonly Ranked[]
  readonly gaps: { readonly topics: readonly string[]; readonly areas: readonly AreaName[]; readonly cells: readonly (readonly GapCell[])[] }
  readonly responseSeen: readonly Ranked[]
  readonly findings: readonly ComposedFinding[]
}

export interface ConsequencesBlock {
  readonly block: 'consequences'
  readonly question: Said
  readonly consequences: readonly Ranked[]
  readonly lessons: Figure
  readonly findings: readonly ComposedFinding[]
  readonly priorities: readonly ComposedPriority[]
}

export interface EvolutionBlock {
  readonly block: 'evolution'
  /** Mondays. */
  readonly weeks: readonly string[]
  readonly challenges: readonly Figure[]
  readonly actions: readonly Figure[]
  readonly topics: CrossTable
  /** The median of reported severity in each cell of `topics` that is shown and not empty, else null. */
  readonly severity: readonly (readonly (number | null)[])[]
  readonly trends: readonly Ranked[]
  /** "Reports fell", never "needs fell". */
  readonly changes: readonly Said[]
  /** Reports of which only the month is known: they stand in no week. Absent where there is none. */
  readonly undated?: Figure
}

export interface RumoursBlock {
  readonly block: 'rumours'
  readonly note: Said
  readonly total: Figure
  readonly topics: readonly Ranked[]
}

export interface MethodBlock {
  readonly block: 'method'
  readonly lines: readonly { readonly label: Said; readonly text: readonly Said[] }[]
  readonly sources: readonly Ranked[]
  readonly languages: readonly { readonly lang: string; readonly reports: Figure }[]
}

export interface SilenceBlock {
  readonly block: 'silence'
  readonly lines: readonly Said[]
  readonly areas: readonly AreaName[]
  readonly topics: readonly string[]
  readonly groups: readonly string[]
  readonly weeks: readonly string[]
  /** Area × topic, area × group and area × week. */
  readonly coverage: { readonly areas: readonly AreaName[]; readonly byTopic: CoverageTable; readonly byGroup: CoverageTable; readonly byWeek: CoverageTable }
}

/** Where no report came from that can be shown. Where a number is held back this is not said either, so that nothing follows from it. */
export interface CoverageTable {
  readonly columns: readonly string[]
  readonly silent: readonly (readonly boolean[])[]
}

export interface AnnexRow {
  readonly ref: Ref
  readonly kind: string
  readonly month: string
  readonly area: AreaName
  readonly topic: string
  readonly severity: number | null
  readonly source: string
  readonly grade: string | null
  /** Null where it could be tried out: whoever knows the rest of an entry would find the day or the point that the hash fits. */
  readonly hash: Sha256 | null
}

export interface AnnexBlock {
  readonly block: 'annex'
  readonly note: Said
  readonly rows: readonly AnnexRow[]
}

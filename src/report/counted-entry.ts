import type { InfoCredibility, SourceReliability } from '#domain/codes/code-lists.ts'
import { reportSource } from '#domain/disclosure.ts'
import type { ReportSource, ReportStanding } from '#domain/disclosure.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { MemberId, Ref } from '#domain/ids.ts'
import type { Citation } from '#domain/written-report.ts'
import type { ReportInput } from '#report/report-input.ts'
import { weekOf } from '#report/weeks.ts'

/** An approved entry of the period, as it counts. */
export interface CountedEntry extends Citation {
  readonly ref: Ref
  readonly standing: ReportStanding
  readonly source: ReportSource
  readonly content: EntryContent
  /** What was approved, word for word: what `contentHash` is of. */
  readonly written: EntryContent
  readonly author: MemberId
  /** The Monday of what was observed. */
  readonly week: string
  readonly organisation: string | null
  readonly reliability: SourceReliability | null
  readonly credibility: InfoCredibility | null
  readonly isTranslated: boolean
  readonly links: EntryState['links']
}

/** What came in, sorted by how it counts. Sensitive entries of the last kind are in no list but their own. */
export interface Counted {
  readonly challenges: readonly CountedEntry[]
  readonly actions: readonly CountedEntry[]
  /** Apart from the facts, and never counted with them. */
  readonly rumours: readonly CountedEntry[]
  readonly withheld: readonly CountedEntry[]
  /** Reports of the same thing again by the same author, as a coordinator tied them. */
  readonly duplicates: readonly CountedEntry[]
  readonly review: ReviewCounts
}

export interface ReviewCounts {
  readonly received: number
  readonly rejected: number
  readonly withdrawn: number
}

/** Which entries count in a report: approved and taken back by nobody, observed within the period, each event of an author once. */
export function countedIn({ campaign, period, entries, organisations }: Pick<ReportInput, 'campaign' | 'period' | 'entries' | 'organisations'>): Counted {
  const counted = { challenges: [] as CountedEntry[], actions: [] as CountedEntry[], rumours: [] as CountedEntry[], withheld: [] as CountedEntry[], duplicates: [] as CountedEntry[] }
  const review = { received: 0, rejected: 0, withdrawn: 0 }
  for (const entry of entries) {
    if (!isWithin(entry.content.observedOn, period)) continue
    review.received += 1
    if (entry.review === 'rejected') review.rejected += 1
    if (entry.review === 'withdrawn') review.withdrawn += 1
    const source = reportSource(entry, campaign.defaultSensitivity)
    if (source === null || entry.approved === null || entry.ref === null || !isWithin(source.content.observedOn, period)) continue
    counted[placeOf(entry, source)].push(countedEntry({ ...entry, ref: entry.ref, approved: entry.approved }, source, organisations.get(entry.author) ?? null))
  }
  // In the order of their refs: a report does not depend on the order in which entries were read.
  for (const list of Object.values(counted)) list.sort((one, other) => (one.ref < other.ref ? -1 : 1))
  return { ...counted, review }
}

function placeOf(entry: EntryState, { standing, content }: ReportSource): 'challenges' | 'actions' | 'rumours' | 'withheld' | 'duplicates' {
  if (standing === 'withheld') return 'withheld'
  if (entry.links.some(({ kind, memberId }) => kind === 'duplicateOf' && memberId !== entry.author)) return 'duplicates'
  if (content.sourceType === 'rumour') return 'rumours'
  return content.kind === 'challenge' ? 'challenges' : 'actions'
}

type Approved = EntryState & { readonly ref: Ref; readonly approved: NonNullable<EntryState['approved']> }

function countedEntry(entry: Approved, source: ReportSource, organisation: string | null): CountedEntry {
  const { approved } = entry
  const week = weekOf(source.content.observedOn)
  const grades = entry.decisions.findLast(({ verdict, revision, applied }) => applied && verdict === 'approve' && revision === approved.revision)?.grades
  return {
    entryId: entry.id, revision: approved.revision, contentHash: approved.contentHash, ref: entry.ref, standing: source.standing, source, content: source.content, written: approved.content, week,
    author: entry.author, organisation, reliability: grades?.reliability ?? null, credibility: grades?.credibility ?? null,
    isTranslated: approved.corrections['descriptionEn'] !== undefined, links: entry.links,
  }
}

function isWithin(day: string, { from, to }: ReportInput['period']): boolean {
  return day >= from && day <= to
}

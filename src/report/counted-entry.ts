import type { InfoCredibility, SourceReliability } from '#domain/codes/code-lists.ts'
import { reportSource } from '#domain/disclosure.ts'
import type { ReportSource, ReportStanding } from '#domain/disclosure.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId, MemberId, Ref } from '#domain/ids.ts'
import { nameKey } from '#domain/name-key.ts'
import { eventsOf, tellsOfOneEvent } from '#domain/same-event.ts'
import type { Citation } from '#domain/written-report.ts'
import type { ReportInput } from '#report/report-input.ts'
import { toldAgain } from '#report/told-again.ts'
import type { Repeats } from '#report/told-again.ts'
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
  /** The Monday of what was observed; null where only its month is known. */
  readonly week: string | null
  /** Its name as names are compared: written otherwise it is no other organisation. */
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
  /** What approved actions answer, of whatever days: an answer that was observed after the period is one. */
  readonly answers: readonly Answer[]
  /** One entry for all that a coordinator tied as telling of one event, whether they count or not. */
  readonly eventOf: (entry: EntryId) => EntryId
  readonly review: ReviewCounts
}

/** An approved action that is linked to what it answers: no more of it, since those of all days are held. */
export interface Answer {
  readonly status: string
  readonly sourceType: string
  readonly links: EntryState['links']
}

export interface ReviewCounts {
  readonly received: number
  readonly rejected: number
  readonly withdrawn: number
  /** Came in, and was neither approved nor decided against. */
  readonly waiting: number
}

/** Which entries count in a report: approved and taken back by nobody, observed within the period, each event of an author once. */
export function countedIn({ campaign, period, entries, organisations }: Pick<ReportInput, 'campaign' | 'period' | 'entries' | 'organisations'>): Counted {
  const review = { received: 0, rejected: 0, withdrawn: 0, waiting: 0 }
  const approved: CountedEntry[] = []
  const answers: Answer[] = []
  const ties: (readonly [EntryId, EntryId])[] = []
  const repeats = new Map<EntryId, readonly EntryId[]>()
  const nameOf = new Map([...organisations].map(([member, name]) => [member, name === null ? null : nameKey(name) || name] as const))
  for (const entry of entries) {
    const source = reportSource(entry, campaign.defaultSensitivity)
    ties.push(...entry.links.flatMap((link) => (tellsOfOneEvent(link, entry.author) ? [[entry.id, link.to] as const] : [])))
    const again = entry.links.flatMap(({ kind, to, memberId }) => (kind === 'duplicateOf' && memberId !== entry.author ? [to] : []))
    if (again.length > 0) repeats.set(entry.id, again)
    if (source?.content.kind === 'action' && entry.links.some(({ kind }) => kind === 'answers')) answers.push({ status: source.content.status, sourceType: source.content.sourceType, links: entry.links.filter(({ kind }) => kind === 'answers') })
    // What was approved counts by its own day: an edit that nobody has read moves nothing to another period.
    if (!isWithin((source ?? entry).content.observedOn, period)) continue
    review.received += 1
    if (entry.review === 'rejected') review.rejected += 1
    if (entry.review === 'withdrawn') review.withdrawn += 1
    if (source === null || entry.approved === null || entry.ref === null) {
      if (entry.review !== 'rejected' && entry.review !== 'withdrawn') review.waiting += 1
      continue
    }
    approved.push(countedEntry({ ...entry, ref: entry.ref, approved: entry.approved }, source, nameOf.get(entry.author) ?? null))
  }
  return { ...sorted(approved, repeats), answers, eventOf: eventsOf(ties), review }
}

/** In the order of their refs: a report does not depend on the order in which entries were read. */
function sorted(approved: readonly CountedEntry[], repeats: Repeats): Omit<Counted, 'review' | 'answers' | 'eventOf'> {
  const counted = { challenges: [] as CountedEntry[], actions: [] as CountedEntry[], rumours: [] as CountedEntry[], withheld: [] as CountedEntry[], duplicates: [] as CountedEntry[] }
  const again = toldAgain(approved, repeats)
  for (const entry of approved.toSorted((one, other) => (one.ref < other.ref ? -1 : 1))) {
    const place = placeOf(entry, again)
    if (place !== null) counted[place].push(entry)
  }
  return counted
}

function placeOf({ entryId, standing, content }: CountedEntry, again: ReadonlySet<EntryId>): 'challenges' | 'actions' | 'rumours' | 'withheld' | 'duplicates' | null {
  // What is withheld stands in no list but its own, and there once.
  if (again.has(entryId)) return standing === 'withheld' ? null : 'duplicates'
  if (standing === 'withheld') return 'withheld'
  if (content.sourceType === 'rumour') return 'rumours'
  return content.kind === 'challenge' ? 'challenges' : 'actions'
}

type Approved = EntryState & { readonly ref: Ref; readonly approved: NonNullable<EntryState['approved']> }

function countedEntry(entry: Approved, source: ReportSource, organisation: string | null): CountedEntry {
  const { approved } = entry
  const week = source.content.datePrecision === 'month' ? null : weekOf(source.content.observedOn)
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

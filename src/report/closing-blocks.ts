import { isHashSafe, isSensitiveTopic, reportedContent } from '#domain/disclosure.ts'
import type { Ref } from '#domain/ids.ts'
import { isSmall, smallest } from '#domain/small-cells.ts'
import { oneOf } from '#report/challenge-block.ts'
import type { CountedEntry } from '#report/counted-entry.ts'
import { inNoWeekOf } from '#report/evolution-block.ts'
import { counted as said, hasSmallKind, languagesOf } from '#report/opening-blocks.ts'
import type { ReportGround } from '#report/report-ground.ts'
import { groupsOf, ranked } from '#report/tally.ts'
import type { AnnexBlock, AnnexRow, Figure, MethodBlock, RumoursBlock, Said } from '#report/tree.ts'

/** What people heard and nobody knows to be true, by topic alone: a rumour is never told as a fact, nor told again here. */
export function rumoursBlock({ counted: { rumours }, figures }: ReportGround): RumoursBlock {
  return {
    block: 'rumours', note: { say: 'report.rumours.note' }, total: figures.reports('rumours', rumours),
    topics: ranked(figures, { id: 'rumour', list: 'topic', groups: groupsOf(rumours, ({ content }) => content.topic) }),
  }
}

/** Percentages are of reports only, and only from so many on. */
const leastForPercent = 30
const busiest = 5

export function methodBlock(ground: ReportGround): MethodBlock {
  const { facts, figures, counted } = ground
  const isSumShown = !hasSmallKind(ground)
  const authors = figures.different('authors', facts, ({ author }) => author)
  const organisations = figures.different('method/organisations', facts, ({ organisation }) => organisation)
  const translated = figures.reports('translated', facts.filter(({ isTranslated }) => isTranslated))
  const doubled = figures.reports('duplicates', counted.duplicates)
  const withheld = figures.reports('withheld', counted.withheld)
  const monthOnly = inNoWeekOf(ground, 'monthOnly')
  const onlyCounted = onlyCountedOf(ground)
  const named = languagesOf(ground)
  // Whoever adds up the languages that are named finds fewer than there are reports.
  const otherLanguages: readonly Said[] = named.length > 0 && named.length < new Set(facts.map(({ content }) => content.lang)).size ? [{ say: 'report.method.otherLanguages' }] : []
  return {
    block: 'method',
    lines: [
      { label: { say: 'report.method.who' }, text: [{ say: 'report.method.whoText', with: { authors: said(authors, 'authors'), organisations: said(organisations, 'organisations') } }, ...(isSumShown ? sharesOf(facts) : [])] },
      { label: { say: 'report.method.chosen' }, text: [{ say: 'report.method.chosenText' }] },
      { label: { say: 'report.method.review' }, text: [{ say: 'report.method.reviewText' }, ...reviewLine(ground), { say: 'report.method.doubled', with: { reports: said(doubled, 'reports') } }] },
      { label: { say: 'report.method.words' }, text: [{ say: 'report.method.translated', with: { reports: said(translated, 'reports') } }, ...otherLanguages] },
      ...(monthOnly === null ? [] : [{ label: { say: 'report.method.days' } as const, text: [{ say: 'report.method.inNoWeek', with: { reports: said(monthOnly, 'reports') } } as const] }]),
      { label: { say: 'report.method.withheld' }, text: [{ say: 'report.method.withheldText', with: { withheld: said(withheld, 'reports'), counted: said(onlyCounted, 'reports') } }, { say: 'report.method.smallCells' }] },
    ],
    sources: ranked(figures, { id: 'source', list: 'sourceType', groups: groupsOf(facts, oneOf('sourceType')), isSumHidden: !isSumShown }),
    languages: named.map(({ lang, entries, shown }) => ({ lang, reports: { ...figures.reports(`language/${lang}`, entries, shown), sample: [] } })),
  }
}

/** How much of it comes from few: what five authors and one organisation say is theirs. */
function sharesOf(facts: readonly CountedEntry[]): readonly Said[] {
  if (facts.length < leastForPercent) return []
  const sizes = (of: (entry: CountedEntry) => string | null) => [...groupsOf(facts, of).values()].map(({ length }) => length).toSorted((one, other) => other - one)
  const [byAuthor, byOrganisation] = [sizes(({ author }) => author), sizes(({ organisation }) => organisation)]
  const few = byAuthor.slice(0, busiest).reduce((sum, count) => sum + count, 0)
  const [largest = 0] = byOrganisation
  const share = (say: 'report.method.busiest' | 'report.method.largest', count: number): readonly Said[] =>
    isSmall(count) || count === 0 || isSmall(facts.length - count) ? [] : [{ say, with: { share: { is: 'percent', share: inHundredths(count / facts.length) }, all: { is: 'number', number: facts.length } } }]
  return [...(byAuthor.length > busiest ? share('report.method.busiest', few) : []), ...(byOrganisation.length > 1 ? share('report.method.largest', largest) : [])]
}

/** Not where by subtracting somebody learns how few are sensitive though their topic is not, or how few are not: topics stand with their numbers. */
function onlyCountedOf({ facts, figures }: ReportGround): Figure {
  const closed = facts.filter(({ standing }) => standing === 'counted')
  const byThemselves = closed.filter(({ content }) => !isSensitiveTopic(content.topic))
  const parts = [closed.length, byThemselves.length, facts.length - closed.length]
  return figures.reports('onlyCounted', closed, parts.some(isSmall) ? null : closed.length)
}

/** Somebody else wrote the rest, however little it is: a share of some is neither none nor all. */
function inHundredths(share: number): number {
  return Math.min(99, Math.max(1, Math.round(share * 100))) / 100
}

/** Not where what the report does not show follows from it: whoever takes all that is shown from what came in has the rest. */
function reviewLine({ counted: { challenges, actions, rumours, withheld, duplicates, review } }: ReportGround): readonly Said[] {
  const { received, rejected, withdrawn, waiting } = review
  const told = [challenges, actions, rumours, withheld, duplicates].map(({ length }) => length)
  const hidden = told.filter(isSmall)
  const rest = received - rejected - withdrawn - told.reduce((sum, count) => sum + (isSmall(count) ? 0 : count), 0)
  if ([received, rejected, withdrawn, rest].some(isSmall) || rest < smallest * hidden.length) return []
  // Told as a number only where it is the rest itself, which whoever subtracts has anyway.
  const undecided: readonly Said[] = waiting === 0 ? [] : [waiting === rest && hidden.length === 0 ? { say: 'report.method.waiting', with: { waiting: { is: 'number', number: waiting } } } : { say: 'report.method.undecided' }]
  return [{ say: 'report.method.reviewed', with: { received: { is: 'number', number: received }, rejected: { is: 'number', number: rejected }, withdrawn: { is: 'number', number: withdrawn } } }, ...undecided]
}

/** Each entry that the report names, in its public form: what was cited, quoted, or given as an example of a number. */
export function annexBlock({ counted, areas }: ReportGround, named: ReadonlySet<Ref>): AnnexBlock {
  const rows = [...counted.challenges, ...counted.actions, ...counted.rumours].filter(({ ref }) => named.has(ref)).flatMap((entry): readonly AnnexRow[] => {
    const disclosed = reportedContent(entry.source)
    const [day, source] = [disclosed?.['observedOn'], disclosed?.['sourceType']]
    if (disclosed === null || typeof day !== 'string' || typeof source !== 'string') return []
    return [{
      ref: entry.ref, kind: disclosed.kind, month: day.slice(0, 7), area: areas.of(entry), topic: entry.content.topic, severity: entry.content.kind === 'challenge' ? entry.content.severity : null, source,
      grade: entry.reliability === null || entry.credibility === null ? null : `${entry.reliability}${entry.credibility}`,
      hash: isHashSafe(entry.written, disclosed) ? entry.contentHash : null,
    }]
  })
  return { block: 'annex', note: { say: 'report.annex.note' }, rows: rows.toSorted((one, other) => (one.ref < other.ref ? -1 : 1)) }
}

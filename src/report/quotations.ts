import { reportedContent } from '#domain/disclosure.ts'
import type { CountedEntry } from '#report/counted-entry.ts'
import type { ReportAreas } from '#report/report-areas.ts'
import type { Quotation } from '#report/tree.ts'

const perTopic = 3

/** Words that people said and agreed to have published: of different authors, the gravest and newest first. */
export function quotationsFrom(entries: readonly CountedEntry[], areas: ReportAreas): readonly Quotation[] {
  const authors = new Set<string>()
  const quotations: Quotation[] = []
  for (const entry of entries.filter(({ content, standing }) => standing === 'open' && content.quote !== undefined).toSorted(byWeight)) {
    if (quotations.length === perTopic) break
    const quotation = quotationOf(entry, areas)
    if (quotation === null || authors.has(entry.author)) continue
    authors.add(entry.author)
    quotations.push(quotation)
  }
  return quotations
}

/** The words of one entry, if they may be shown as of today. */
export function quotationOf(entry: CountedEntry, areas: ReportAreas): Quotation | null {
  const disclosed = reportedContent(entry.source)
  const [text, role, day] = [disclosed?.['quote'], disclosed?.['quoteRole'], disclosed?.['observedOn']]
  if (typeof text !== 'string' || typeof day !== 'string') return null
  return { text, lang: entry.content.lang, role: typeof role === 'string' ? role : null, area: areas.of(entry), month: day.slice(0, 7), ref: entry.ref }
}

function byWeight(one: CountedEntry, other: CountedEntry): number {
  return severityOf(other) - severityOf(one) || (one.content.observedOn < other.content.observedOn ? 1 : -1)
}

function severityOf({ content }: CountedEntry): number {
  return content.kind === 'challenge' ? content.severity : 0
}

import type { EntryId, Ref } from '#domain/ids.ts'
import { citationsOf, figureSlot } from '#domain/written-report.ts'
import type { Citation, Confidence, WrittenPart, WrittenPriority, WrittenSentence } from '#domain/written-report.ts'
import { confidenceGrounds, confidenceOf, loweredTo } from '#report/confidence.ts'
import type { ConfidenceGrounds } from '#report/confidence.ts'
import type { Counted, CountedEntry } from '#report/counted-entry.ts'
import type { Figures } from '#report/figures.ts'
import { photosOf } from '#report/photos.ts'
import { quotationOf } from '#report/quotations.ts'
import type { ReportGround } from '#report/report-ground.ts'
import type { CitedSentence, ComposedFinding, ComposedPriority, Figure, InsertedFigure, Quotation } from '#report/tree.ts'

/** The cited entries of a report by their id, with the one revision of each that counts. */
export type Citable = ReadonlyMap<EntryId, CountedEntry>

export function citableIn({ challenges, actions, withheld, rumours }: Counted, written: readonly WrittenPart[]): Citable {
  const cited = new Set(written.flatMap(citationsOf).map(({ entryId }) => entryId))
  return new Map([challenges, actions, withheld, rumours].flatMap((list) => list.filter(({ entryId }) => cited.has(entryId))).map((entry) => [entry.entryId, entry] as const))
}

/** A priority wants so many entries of so many authors. */
export const priorityWants = { entries: 3, authors: 2 } as const

/** What a finding rests on: the cited entries that may be cited, each once, as of the revision that was cited. */
export function groundsOf(written: Pick<WrittenPart, 'sentences' | 'against'>, citable: Citable): ConfidenceGrounds {
  const cited = citedEntries(written.sentences.flatMap(({ cites }) => cites), citable)
  return confidenceGrounds(cited, written.against.filter(({ settled }) => settled === null).length)
}

export function isWellFounded(written: WrittenPriority, citable: Citable): boolean {
  const { entries, authors, isHearsay } = groundsOf(written, citable)
  return isHearsay !== true && entries >= priorityWants.entries && authors >= priorityWants.authors
}

/** What a finding is composed with; `numbers` are the figures that stand elsewhere in the report, by their id. */
export type FindingGround = Pick<ReportGround, 'figures' | 'citable' | 'areas' | 'input'> & { readonly numbers: ReadonlyMap<string, Figure> }

export function composedFinding(written: WrittenPart, ground: FindingGround): ComposedFinding {
  const { citable, input } = ground
  const grounds = groundsOf(written, citable)
  const computed = grounds.entries === 0 ? null : confidenceOf(grounds)
  const confidence: Confidence | null = computed === null ? null : loweredTo(computed, written.confidence)
  return {
    id: written.id, topic: written.topic, confidence, lowered: confidence !== computed,
    sentences: written.sentences.map((sentence) => composedSentence(sentence, ground)),
    quotations: citedEntries(written.quotes, citable).flatMap((entry): readonly Quotation[] => {
      // A rumour is told nowhere, in nobody's words.
      const quotation = entry.standing === 'open' && entry.content.sourceType !== 'rumour' ? quotationOf(entry, ground.areas) : null
      return quotation === null ? [] : [quotation]
    }),
    ...photosBeside(written, ground),
    against: openRefs(citedEntries(written.against, citable)),
    since: input.before === null ? null : changeOf(written, input.before.written),
  }
}

/** Only those that the entry still has and shows: of a photo that was cited nothing else is kept. */
function photosBeside({ photos = [] }: WrittenPart, { citable, areas }: FindingGround): Pick<ComposedFinding, 'photos'> {
  const shown = photos.flatMap((cited) => citedEntries([cited], citable).flatMap((entry) => photosOf(entry, areas)).filter(({ photo }) => photo === cited.photo))
  return shown.length === 0 ? {} : { photos: shown }
}

export function composedPriority(written: WrittenPriority, ground: FindingGround): ComposedPriority {
  const { horizon, addressees, programme, sdgs } = written
  return { ...composedFinding(written, ground), horizon, addressees, programme, sdgs, founded: isWellFounded(written, ground.citable) }
}

/** Each sentence stands with its evidence, or is said to have none. A number that was inserted is evidence where it is shown. */
function composedSentence({ id, text, lang, cites, figures: inserted }: WrittenSentence, { figures, citable, numbers }: FindingGround): CitedSentence {
  const numberOf = (figure: string): InsertedFigure => {
    const found = numbers.get(figure) ?? { id: figure, count: null, sample: [] }
    return { ...found, isOfEntries: figures.evidence.get(figure)?.length === found.count }
  }
  const cited = citedEntries(cites, citable)
  // Cut at its slots, a text is words and slots in turn.
  const parts = text.split(figureSlot).map((part, at) => (at % 2 === 0 ? part : numberOf(inserted[part] ?? part))).filter((part) => part !== '')
  const isCounted = parts.some((part) => typeof part !== 'string' && part.count !== null)
  return {
    id, parts, lang, refs: openRefs(cited),
    sensitive: closedFigure(id, cited, figures), unsupported: cited.length === 0 && !isCounted,
  }
}

/** How many of the cited ones are only counted. The most sensitive stand in one number of the whole report, and in none here. */
function closedFigure(id: string, cited: readonly CountedEntry[], figures: Figures): Figure | null {
  const closed = cited.filter(({ standing }) => standing !== 'open')
  if (closed.length === 0) return null
  return closed.some(({ standing }) => standing === 'withheld') ? figures.reports(`sentence/${id}/sensitive`, closed, null) : figures.reports(`sentence/${id}/sensitive`, closed)
}

function citedEntries(cites: readonly Citation[], citable: Citable): readonly CountedEntry[] {
  const found = cites.flatMap(({ entryId, revision }) => {
    const entry = citable.get(entryId)
    return entry !== undefined && entry.revision === revision ? [entry] : []
  })
  return [...new Set(found)]
}

/** Only what may be opened has its ref in the report. */
function openRefs(entries: readonly CountedEntry[]): readonly Ref[] {
  return entries.flatMap(({ standing, ref }) => (standing === 'open' ? [ref] : []))
}

/** By what is read: evidence that was cited anew makes no other finding. */
function changeOf(written: WrittenPart, before: readonly WrittenPart[]): 'new' | 'changed' | 'same' {
  const then = before.find(({ id }) => id === written.id)
  if (then === undefined) return 'new'
  const words = ({ sentences }: WrittenPart) => sentences.map(({ text }) => text).join('\n')
  return words(then) === words(written) ? 'same' : 'changed'
}

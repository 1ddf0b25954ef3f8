import type { EntryId } from '#domain/ids.ts'
import { confidenceGrounds, confidenceOf, loweredTo } from '#report/confidence.ts'
import { citationOf } from '#report/counted-entry.ts'
import type { Counted, CountedEntry } from '#report/counted-entry.ts'
import type { Figures } from '#report/figures.ts'
import type { WrittenFinding, WrittenPriority, WrittenReport, WrittenSentence } from '#report/report-input.ts'
import type { Citation, CitedRef, CitedSentence, ComposedFinding, ComposedPriority, Confidence } from '#report/tree.ts'

/** The cited entries of a report by their id, with the one revision of each that counts. */
export type Citable = ReadonlyMap<EntryId, CountedEntry>

export function citableIn({ challenges, actions, withheld, rumours }: Counted, { findings, priorities }: WrittenReport): Citable {
  const cited = new Set([...findings, ...priorities].flatMap(({ sentences, against }) => [...sentences.flatMap(({ cites }) => cites), ...against]).map(({ entryId }) => entryId))
  return new Map([challenges, actions, withheld, rumours].flatMap((list) => list.filter(({ entryId }) => cited.has(entryId))).map((entry) => [entry.entryId, entry] as const))
}

/** A priority wants so many entries of so many authors. */
export const priorityWants = { entries: 3, authors: 2 } as const

/** What a finding rests on: the cited entries that may be cited, each once, as of the revision that was cited. */
export function groundsOf(written: Pick<WrittenFinding, 'sentences' | 'against'>, citable: Citable) {
  const cited = citedEntries(written.sentences.flatMap(({ cites }) => cites), citable)
  return confidenceGrounds(cited, written.against.filter(({ settled }) => settled === null).length)
}

export function isWellFounded(written: WrittenPriority, citable: Citable): boolean {
  const { entries, authors } = groundsOf(written, citable)
  return entries >= priorityWants.entries && authors >= priorityWants.authors
}

export function composedFinding(written: WrittenFinding | WrittenPriority, { figures, citable }: { readonly figures: Figures; readonly citable: Citable }): ComposedFinding {
  const computed = confidenceOf(groundsOf(written, citable))
  const confidence: Confidence = loweredTo(computed, written.confidence)
  return {
    id: written.id, topic: written.topic, confidence, lowered: confidence !== computed,
    sentences: written.sentences.map((sentence) => composedSentence(sentence, { figures, citable })),
    against: citedRefs(citedEntries(written.against, citable)),
  }
}

export function composedPriority(written: WrittenPriority, ground: { readonly figures: Figures; readonly citable: Citable }): ComposedPriority {
  const { horizon, addressees, programme, sdgs } = written
  return { ...composedFinding(written, ground), horizon, addressees, programme, sdgs, founded: isWellFounded(written, ground.citable) }
}

/** Each sentence stands with its evidence, or is said to have none. */
function composedSentence({ id, text, lang, cites }: WrittenSentence, { figures, citable }: { readonly figures: Figures; readonly citable: Citable }): CitedSentence {
  const cited = citedEntries(cites, citable)
  const closed = cited.filter(({ standing }) => standing !== 'open')
  return { text, lang, refs: citedRefs(cited), sensitive: closed.length === 0 ? null : figures.reports(`sentence/${id}/sensitive`, closed), unsupported: cited.length === 0 }
}

function citedEntries(cites: readonly Citation[], citable: Citable): readonly CountedEntry[] {
  const found = cites.flatMap(({ entryId, revision }) => {
    const entry = citable.get(entryId)
    return entry !== undefined && entry.revision === revision ? [entry] : []
  })
  return [...new Set(found)]
}

/** Only what may be opened has its ref in the report. */
function citedRefs(entries: readonly CountedEntry[]): readonly CitedRef[] {
  return entries.flatMap((entry) => (entry.standing === 'open' ? [{ ref: entry.ref, ...citationOf(entry) }] : []))
}

import type { EntryContent } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { correctedContent } from '#domain/fold-correction.ts'
import type { EntryId } from '#domain/ids.ts'
import type { Reason } from '#domain/matching/reasons.ts'
import type { Report } from '#domain/matching/report.ts'
import { suggestAnswering, suggestAnswers } from '#domain/matching/suggest-answers.ts'
import { suggestSame } from '#domain/matching/suggest-same.ts'
import { countryOfName } from '#exchange/country-names.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { NearLink, NearReason, NearResponse } from '#protocol/near.ts'
import type { PairKind } from '#server/store/near-store.ts'

/** As many of each as somebody looks through beside an entry. */
const mostSuggestions = 8

export interface NearGround {
  readonly entry: EntryState
  readonly same: readonly EntryState[]
  readonly others: readonly EntryState[]
  readonly linkedFrom: readonly EntryState[]
  readonly apart: ReadonlyMap<PairKind, ReadonlySet<EntryId>>
  readonly isCut: boolean
}

/** The answer without its rows. */
type Said = Pick<NearResponse, 'same' | 'answers' | 'linksTo' | 'linkedFrom' | 'compared' | 'isCut'>

/** All but the rows, which are read for what is named here. What is already tied, or was parted by hand, is not suggested. */
export function suggestionsFor({ entry, same, others, linkedFrom, apart, isCut }: NearGround): Said {
  const links = linkedFrom.flatMap((from) => from.links.filter(({ to }) => to === entry.id).map((link) => linkTo(from.id, link)))
  const tied = new Set<EntryId>([...entry.links.map(({ to }) => to), ...links.map(({ id }) => id)])
  const isOpen = (as: PairKind) => ({ id }: { readonly id: EntryId }) => !tied.has(id) && apart.get(as)?.has(id) !== true
  const [one, alike, answering] = [reportOf(entry), same.filter(isOpen('same')).map(reportOf), others.filter(isOpen('answers')).map(reportOf)]
  const answers = entry.kind === 'action' ? suggestAnswers(one, answering) : suggestAnswering(one, answering)
  return {
    same: suggestSame(one, alike).slice(0, mostSuggestions).map(({ id, kind, reasons }) => ({ id: id as EntryId, kind, reasons: reasons.map(told) })),
    answers: answers.slice(0, mostSuggestions).map(({ id, coverage, reasons }) => ({ id: id as EntryId, coverage, reasons: reasons.map(told) })),
    linksTo: entry.links.map((link) => linkTo(link.to, link)),
    linkedFrom: links,
    compared: same.length + others.length,
    isCut,
  }
}

export function namedIn({ same, answers, linksTo, linkedFrom }: Said): readonly EntryId[] {
  return [...new Set([...same, ...answers, ...linksTo, ...linkedFrom].map(({ id }) => id))]
}

function linkTo(id: EntryId, { change, kind, coverage }: EntryState['links'][number]): NearLink {
  return { change, id, kind, coverage: coverage ?? null }
}

export function sortedRows(rows: readonly EntryRow[]): EntryRow[] {
  return [...rows].toSorted((a, b) => (a.ref < b.ref ? -1 : 1))
}

/** As the wire has it. */
function told(reason: Reason): NearReason {
  if (reason.kind === 'speakOf') return { kind: reason.kind, concepts: [...reason.concepts] }
  return reason.kind === 'sameNumbers' ? { kind: reason.kind, numbers: [...reason.numbers] } : { ...reason }
}

/** With the coordinators' corrections: a place that was put right is compared as it is. */
function reportOf(entry: EntryState): Report {
  const { id, author, recordedAt } = entry
  return { id, author, recordedAt, content: withoutCountryAsPlace(correctedContent(entry)) }
}

/** Files without places say the country where a place is asked for; that two are in one country makes them no neighbours. */
function withoutCountryAsPlace(content: EntryContent): EntryContent {
  const isCountry = (name: string | undefined) => name !== undefined && countryOfName(name) === content.country
  const { placeName, adm1Name, ...rest } = content
  return { ...rest, ...(placeName === undefined || isCountry(placeName) ? {} : { placeName }), ...(adm1Name === undefined || isCountry(adm1Name) ? {} : { adm1Name }) } as EntryContent
}

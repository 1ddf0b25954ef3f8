import { isSmall } from '#domain/small-cells.ts'
import type { CountedEntry } from '#report/counted-entry.ts'
import type { Figure } from '#report/tree.ts'

/** The entries behind each figure by its id: for coordinators and for proof. It never becomes part of the tree. */
export type Evidence = ReadonlyMap<string, readonly CountedEntry[]>

const samples = 2

/** Makes figures, and keeps what each was counted from. */
export interface Figures {
  /** So many reports; `shown` null or absent as the rule for small cells says. */
  readonly reports: (id: string, entries: readonly CountedEntry[], shown?: number | null) => Figure
  /** So many different values among the entries: authors, organisations. */
  readonly different: (id: string, entries: readonly CountedEntry[], of: (entry: CountedEntry) => string | null) => Figure
  /** So many areas: few of them name nobody, and the map names each. */
  readonly places: (id: string, entries: readonly CountedEntry[], of: (entry: CountedEntry) => string) => Figure
  /** A number that was added up from at least five reports which tell one; null where none does. */
  readonly added: (id: string, entries: readonly CountedEntry[], of: (entry: CountedEntry) => number | null) => Figure | null
  readonly evidence: Evidence
}

export function createFigures(): Figures {
  const evidence = new Map<string, readonly CountedEntry[]>()
  const make = (id: string, entries: readonly CountedEntry[], count: number | null): Figure => {
    if (evidence.has(id)) throw new Error(`two figures are called ${id}`)
    evidence.set(id, entries)
    // Of none there is no example: reports without an organisation are none of “0 organisations”.
    return { id, count, sample: count === null || count === 0 ? [] : sampleOf(entries) }
  }
  return {
    evidence,
    reports: (id, entries, shown = alone(entries.length)) => make(id, entries, shown),
    different: (id, entries, of) => make(id, entries, alone(differentIn(entries, of))),
    places: (id, entries, of) => make(id, entries, differentIn(entries, of)),
    added: (id, entries, of) => {
      const telling = entries.filter((entry) => of(entry) !== null)
      const sum = telling.reduce((total, entry) => total + (of(entry) ?? 0), 0)
      return telling.length === 0 ? null : make(id, telling, isSmall(telling.length) ? null : alone(sum))
    },
  }
}

function differentIn(entries: readonly CountedEntry[], of: (entry: CountedEntry) => string | null): number {
  const values = new Set<string>()
  for (const entry of entries) {
    const value = of(entry)
    if (value !== null) values.add(value)
  }
  return values.size
}

/** A number from which nothing else is subtracted. */
function alone(count: number): number | null {
  return isSmall(count) ? null : count
}

/** Some that anybody may open; of how many, the count says. */
function sampleOf(entries: readonly CountedEntry[]): Figure['sample'] {
  const refs: Figure['sample'][number][] = []
  for (const { standing, ref } of entries) {
    if (standing === 'open') refs.push(ref)
    if (refs.length === samples) break
  }
  return refs
}

import { keptApartBy } from '#domain/name-key.ts'
import { facetNames } from '#protocol/desk.ts'
import type { EntrySort, FacetName } from '#protocol/desk.ts'
import type { EntryColumns } from '#server/store/sql/entry-columns.ts'
import { countsByCode, facetOf } from '#server/store/sql/entry-facets.ts'
import type { Facet } from '#server/store/sql/entry-facets.ts'
import type { Hits } from '#server/store/sql/entry-search.ts'
import type { EntriesFilter } from '#server/store/entry-filters.ts'

/** What an entry must also be, beside the facets. */
export interface Narrowing extends Pick<EntriesFilter, 'chosen' | 'from' | 'to' | 'doer' | 'isCounted'> {
  /** Each must be met; null when nothing is searched. */
  readonly hits: readonly Hits[] | null
}

export interface Selection {
  readonly total: number
  readonly facets: Readonly<Partial<Record<FacetName, Readonly<Record<string, number>>>>>
  /** Seqs in the order asked for, one more than a page where there is more. */
  readonly page: readonly { readonly seq: number; readonly key: number }[]
}

type Ask = Pick<EntriesFilter, 'sort' | 'limit' | 'facets'> & { readonly afterKey: number | null; readonly organisations: ReadonlyMap<string, string> }

/**
 * Total, page and facets in one walk. An entry that fails in exactly one facet still counts there: a facet leaves its own
 * filter aside, so that it tells what another choice would give.
 */
export function selectEntries(columns: EntryColumns, narrowing: Narrowing, ask: Ask): Selection {
  const facets = facetsOf(columns, narrowing, ask.organisations)
  const filtering = facets.filter(({ chosen }) => chosen !== null)
  const counted = facets.filter(({ name }) => ask.facets.includes(name)).map((facet) => ({ facet, counts: new Uint32Array(facet.values.length) }))
  const countedByFacet = new Map(counted.map((one) => [one.facet, one] as const))
  const isMet = besideFacets(columns, narrowing)
  const keyOf = sortKey(columns, ask.sort)
  const page = new Page(ask.limit + 1)
  let total = 0
  for (let place = 0; place < columns.size; place += 1) {
    const failing = failingFacet(filtering, place)
    if (failing === 'several' || !isMet(place)) continue
    if (failing !== null) {
      const own = countedByFacet.get(failing)
      if (own !== undefined) count(own, place)
      continue
    }
    total += 1
    for (const one of counted) count(one, place)
    const key = keyOf(place)
    if (ask.afterKey === null || key > ask.afterKey) page.add(key, columns.seqs[place] ?? 0)
  }
  return { total, page: page.rows, facets: Object.fromEntries(counted.map(({ facet, counts }) => [facet.name, countsByCode(facet, counts)])) }
}

/** Whether the entry at a place meets everything: for who counts by something else than facets. */
export function narrowedBy(columns: EntryColumns, narrowing: Narrowing, organisations: ReadonlyMap<string, string>): (place: number) => boolean {
  const filtering = facetsOf(columns, narrowing, organisations).filter(({ chosen }) => chosen !== null)
  const isMet = besideFacets(columns, narrowing)
  return (place) => failingFacet(filtering, place) === null && isMet(place)
}

/** Only how many: for the numbers beside views. */
export function countEntries(columns: EntryColumns, narrowing: Narrowing, organisations: ReadonlyMap<string, string>): number {
  const filtering = facetsOf(columns, narrowing, organisations).filter(({ chosen }) => chosen !== null)
  const isMet = besideFacets(columns, narrowing)
  let total = 0
  for (let place = 0; place < columns.size; place += 1) if (failingFacet(filtering, place) === null && isMet(place)) total += 1
  return total
}

function failingFacet(filtering: readonly Facet[], place: number): Facet | 'several' | null {
  let failing: Facet | null = null
  for (const facet of filtering) {
    if (facet.chosen?.[facet.cells[place] ?? 0] === 1) continue
    if (failing !== null) return 'several'
    failing = facet
  }
  return failing
}

function count({ facet, counts }: { readonly facet: Facet; readonly counts: Uint32Array }, place: number): void {
  const value = facet.cells[place] ?? 0
  counts[value] = (counts[value] ?? 0) + 1
}

function facetsOf(columns: EntryColumns, { chosen, isCounted = false }: Narrowing, organisations: ReadonlyMap<string, string>): readonly Facet[] {
  return facetNames.map((name) => facetOf(columns, name, { chosen: chosen[name] ?? [], organisations, isCounted }))
}

/** Days as text sort as days; a search has its seqs, or the authors whose name it is. */
function besideFacets(columns: EntryColumns, narrowing: Narrowing): (place: number) => boolean {
  const { from, to, hits, doer = null, isCounted = false } = narrowing
  const isWithin = (value: string) => (from === null || value >= from) && (to === null || value <= to)
  const day = columns.column(isCounted ? 'counted' : 'observed_on')
  // A day and a topic, as the projection has them; nothing where nothing counts.
  const isMeant = isCounted ? (value: string) => value !== '' && isWithin(value.split(' ')[0] ?? '') : isWithin
  const isDay = !isCounted && from === null && to === null ? null : Uint8Array.from(day.values, (value) => (isMeant(value) ? 1 : 0))
  const org = columns.column('org')
  const isDoer = doer === null ? null : Uint8Array.from(org.values, (value) => (keptApartBy(value) === keptApartBy(doer) ? 1 : 0))
  const author = columns.column('author_id')
  const terms = (hits ?? []).map(({ seqs, authors }) => ({ seqs, isAuthor: Uint8Array.from(author.values, (id) => (authors.has(id) ? 1 : 0)) }))
  return (place) => {
    if (isDay !== null && isDay[day.cells[place] ?? 0] !== 1) return false
    if (isDoer !== null && isDoer[org.cells[place] ?? 0] !== 1) return false
    for (const { seqs, isAuthor } of terms) if (seqs[columns.seqs[place] ?? 0] !== 1 && isAuthor[author.cells[place] ?? 0] !== 1) return false
    return true
  }
}

/** Above any seq, so that severity comes first and seq decides among equals; both together stay exact. */
const perSeverity = 2 ** 48

/** One number that grows along the order, and is no other entry's: the page goes on behind it. */
function sortKey(columns: EntryColumns, sort: EntrySort): (place: number) => number {
  const { seqs, sinces } = columns
  const severity = columns.column('severity')
  switch (sort) {
    case 'oldest':
      return (place) => seqs[place] ?? 0
    case 'newest':
      return (place) => -(seqs[place] ?? 0)
    case 'waiting':
      return (place) => sinces[place] ?? 0
    case 'severity':
      return (place) => (9 - Number(severity.values[severity.cells[place] ?? 0] ?? 0)) * perSeverity + (seqs[place] ?? 0)
  }
}

/** The first few of many, in order, without sorting the many. */
class Page {
  readonly rows: { readonly seq: number; readonly key: number }[] = []
  readonly #size: number

  constructor(size: number) {
    this.#size = size
  }

  add(key: number, seq: number): void {
    const { rows } = this
    const last = rows.at(-1)
    if (rows.length >= this.#size && (last === undefined || key > last.key)) return
    let [low, high] = [0, rows.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((rows[middle]?.key ?? 0) < key) low = middle + 1
      else high = middle
    }
    rows.splice(low, 0, { key, seq })
    if (rows.length > this.#size) rows.pop()
  }
}

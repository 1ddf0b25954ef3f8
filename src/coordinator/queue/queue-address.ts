import type { EntriesFilter } from '#device/sync/desk-api.ts'
import { reviewStates } from '#domain/review.ts'
import type { ReviewState } from '#domain/review.ts'

export const queueViews = ['toRead', 'waiting', 'approved', 'notUsed', 'all'] as const
export type QueueView = (typeof queueViews)[number]

export const facetNames = ['kind', 'state', 'severity', 'topic', 'country'] as const
export type FacetName = (typeof facetNames)[number]

export const queueSorts = ['oldest', 'newest', 'severity'] as const
export type QueueSort = (typeof queueSorts)[number]

/** What the address of the queue says: it can be sent to a colleague and gives the same list. */
export interface QueueAddress {
  readonly view: QueueView
  readonly chosen: Readonly<Record<FacetName, readonly string[]>>
  readonly q: string
  readonly sort: QueueSort
}

export const statesByView: Readonly<Record<QueueView, readonly ReviewState[]>> = {
  toRead: ['received', 'edited'],
  waiting: ['hasIssues'],
  approved: ['approved'],
  notUsed: ['rejected', 'withdrawn'],
  all: reviewStates,
}

export const queuePageSize = 50

export function addressFromSearch(search: string): QueueAddress {
  const query = new URLSearchParams(search)
  return {
    view: queueViews.find((view) => view === query.get('view')) ?? 'toRead',
    chosen: {
      kind: query.getAll('kind'),
      state: query.getAll('state'),
      severity: query.getAll('severity'),
      topic: query.getAll('topic'),
      country: query.getAll('country'),
    },
    q: (query.get('q') ?? '').slice(0, 200),
    sort: queueSorts.find((sort) => sort === query.get('sort')) ?? 'oldest',
  }
}

/** The shortest search that reads as this address; what is the default is left out. */
export function searchFromAddress(address: QueueAddress): string {
  const query = new URLSearchParams()
  if (address.view !== 'toRead') query.set('view', address.view)
  for (const name of facetNames) for (const code of address.chosen[name]) query.append(name, code)
  if (address.q !== '') query.set('q', address.q)
  if (address.sort !== 'oldest') query.set('sort', address.sort)
  return query.toString()
}

export function filterFromAddress(address: QueueAddress): EntriesFilter {
  const states = address.chosen.state.length > 0 ? address.chosen.state : statesByView[address.view]
  return {
    ...(address.view === 'all' && address.chosen.state.length === 0 ? {} : { state: states }),
    ...chosenFilter(address, 'kind'),
    ...chosenFilter(address, 'severity'),
    ...chosenFilter(address, 'topic'),
    ...chosenFilter(address, 'country'),
    ...(address.q === '' ? {} : { q: address.q }),
    sort: address.sort,
    limit: queuePageSize,
  }
}

function chosenFilter(address: QueueAddress, name: FacetName): EntriesFilter {
  const codes = address.chosen[name]
  return codes.length === 0 ? {} : { [name]: codes }
}

/** Another view begins without the states that were chosen inside the last one. */
export function withView(address: QueueAddress, view: QueueView): QueueAddress {
  return { ...address, view, chosen: { ...address.chosen, state: [] } }
}

export function withToggled(address: QueueAddress, name: FacetName, code: string): QueueAddress {
  const codes = address.chosen[name]
  const next = codes.includes(code) ? codes.filter((other) => other !== code) : [...codes, code]
  return { ...address, chosen: { ...address.chosen, [name]: next } }
}

export function withoutFilters(address: QueueAddress): QueueAddress {
  return { ...address, q: '', chosen: { kind: [], state: [], severity: [], topic: [], country: [] } }
}

export function hasFilters(address: QueueAddress): boolean {
  return address.q !== '' || facetNames.some((name) => address.chosen[name].length > 0)
}

/** How many entries each view holds under the filters in force: the state facet, which ignores its own filter, summed up. */
export function countOfView(view: QueueView, stateCounts: Readonly<Record<string, number>>): number {
  return statesByView[view].reduce((sum, state) => sum + (stateCounts[state] ?? 0), 0)
}

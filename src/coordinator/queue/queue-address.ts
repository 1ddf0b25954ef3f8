import type { EntriesFilter } from '#device/sync/desk-api.ts'
import { reviewStates } from '#domain/review.ts'
import type { ReviewState } from '#domain/review.ts'
import { assignedToMe, assignedToNobody } from '#protocol/assignment.ts'
import { entrySorts, facetNames } from '#protocol/desk.ts'
import type { EntrySort, FacetName } from '#protocol/desk.ts'
import { daysOfWeek, weekIn } from '#coordinator/week.ts'

export const queueViews = ['toRead', 'mine', 'nobodys', 'answered', 'conflicts', 'second', 'waiting', 'approved', 'notUsed', 'all'] as const
export type QueueView = (typeof queueViews)[number]

export type Chosen = Readonly<Partial<Record<FacetName, readonly string[]>>>

/** What the address of the queue says: it can be sent to a colleague and gives the same list. */
export interface QueueAddress {
  readonly view: QueueView
  readonly chosen: Chosen
  readonly q: string
  readonly sort: EntrySort
  /** The Monday of the only week that is listed, by the day that was observed. */
  readonly week?: string | null
  /** The organisation whose actions are listed, as one entry spells it; '' for actions that name none. */
  readonly doer?: string | null
}

export const statesByView: Readonly<Record<QueueView, readonly ReviewState[]>> = {
  toRead: ['received', 'edited'],
  mine: ['received', 'edited'],
  nobodys: ['received', 'edited'],
  answered: ['received', 'edited', 'hasIssues'],
  conflicts: reviewStates,
  second: ['approved', 'rejected'],
  waiting: ['hasIssues'],
  approved: ['approved'],
  notUsed: ['rejected', 'withdrawn'],
  all: reviewStates,
}

/** What a view narrows by beside the state; somebody who chooses by the same facet has chosen otherwise. */
const chosenByView: Readonly<Partial<Record<QueueView, Chosen>>> = { mine: { assignee: [assignedToMe] }, nobodys: { assignee: [assignedToNobody] }, answered: { question: ['answered'] }, conflicts: { conflict: ['fields', 'verdicts'] }, second: { second: [assignedToMe] } }

export const queuePageSize = 50

export function addressFromSearch(search: string): QueueAddress {
  const query = new URLSearchParams(search)
  return {
    view: queueViews.find((view) => view === query.get('view')) ?? 'toRead',
    chosen: chosenOf((name) => query.getAll(name).filter((code) => code !== '')),
    q: (query.get('q') ?? '').slice(0, 200),
    sort: entrySorts.find((sort) => sort === query.get('sort')) ?? 'oldest',
    ...weekOf(query),
    ...(query.has('doer') ? { doer: (query.get('doer') ?? '').slice(0, 200) } : {}),
  }
}

/** The shortest search that reads as this address; what is the default is left out. */
export function searchFromAddress(address: QueueAddress): string {
  const query = new URLSearchParams()
  if (address.view !== 'toRead') query.set('view', address.view)
  for (const name of facetNames) for (const code of codesChosen(address, name)) query.append(name, code)
  if (hasWeek(address)) query.set('week', address.week)
  if (hasDoer(address)) query.set('doer', address.doer)
  if (address.q !== '') query.set('q', address.q)
  if (address.sort !== 'oldest') query.set('sort', address.sort)
  return query.toString()
}

export function filterFromAddress(address: QueueAddress): EntriesFilter {
  return { ...narrowingFromAddress(address), sort: address.sort, limit: queuePageSize }
}

/** Without order and page: what is counted. */
export function narrowingFromAddress({ view, chosen, q, week, doer = null }: QueueAddress): EntriesFilter {
  const states = view === 'all' || view === 'conflicts' ? {} : { state: statesByView[view] }
  return { ...states, ...chosenByView[view], ...chosen, ...daysOfWeek(week), ...(doer === null ? {} : { doer }), ...(q === '' ? {} : { q }) }
}

export function codesChosen({ chosen }: QueueAddress, name: FacetName): readonly string[] {
  return chosen[name] ?? []
}

/** Another view begins without the states that were chosen inside the last one, and what it narrows by itself is not chosen beside it. */
export function withView(address: QueueAddress, view: QueueView): QueueAddress {
  return { ...address, view, chosen: chosenOf((name) => (name === 'state' || !isFacetOf(view, name) ? [] : codesChosen(address, name))) }
}

/** Whether a facet is offered in a view: not where it is what the view is about, nor the state where there is only one or where a second reader must not know it. */
export function isFacetOf(view: QueueView, name: FacetName): boolean {
  if (name === 'assignee') return view !== 'mine' && view !== 'nobodys'
  if (name === 'state') return view !== 'second' && statesByView[view].length > 1
  return name !== 'second' || view !== 'second'
}

export function withToggled(address: QueueAddress, name: FacetName, code: string): QueueAddress {
  const codes = codesChosen(address, name)
  const next = codes.includes(code) ? codes.filter((other) => other !== code) : [...codes, code]
  return { ...address, chosen: chosenOf((other) => (other === name ? next : codesChosen(address, other))) }
}

export function withoutFilters(address: QueueAddress): QueueAddress {
  return { ...address, q: '', chosen: {}, week: null, doer: null }
}

export function hasFilters(address: QueueAddress): boolean {
  return address.q !== '' || hasWeek(address) || hasDoer(address) || facetNames.some((name) => codesChosen(address, name).length > 0)
}

function weekOf(query: URLSearchParams): Pick<QueueAddress, 'week'> {
  const week = weekIn(query)
  return week === null ? {} : { week }
}

function hasWeek(address: QueueAddress): address is QueueAddress & { readonly week: string } {
  return address.week !== null && address.week !== undefined
}

function hasDoer(address: QueueAddress): address is QueueAddress & { readonly doer: string } {
  return address.doer !== null && address.doer !== undefined
}

/** Only what holds a choice, so that two addresses that mean the same are the same. */
function chosenOf(codesOf: (name: FacetName) => readonly string[]): Chosen {
  return Object.fromEntries(facetNames.map((name) => [name, codesOf(name)] as const).filter(([, codes]) => codes.length > 0))
}

import type { EntriesFilter } from '#device/sync/desk-api.ts'
import { withoutRegion } from '#domain/listed-regions.ts'
import { codesIn } from '#coordinator/overview/address-codes.ts'
import { daysOfWeek, weekIn } from '#coordinator/week.ts'

/** Which entries are counted: only what coordinators have approved, or all that may still count. */
export type OverviewScope = 'approved' | 'open'

/** What the address of the overview says; it can be sent to a colleague and shows the same. */
export interface OverviewAddress {
  readonly scope: OverviewScope
  readonly topics: readonly string[]
  /** `country/adm1`, or the country alone where no region was given. */
  readonly areas: readonly string[]
  readonly severities: readonly string[]
  /** The Monday of a week, or null. */
  readonly week: string | null
}

type Dimension = 'topics' | 'areas' | 'severities'
const keyOf = { topics: 'topic', areas: 'area', severities: 'severity' } as const satisfies Readonly<Record<Dimension, string>>
const statesByScope = { approved: ['approved'], open: ['received', 'edited', 'hasIssues', 'approved'] } as const satisfies Readonly<Record<OverviewScope, readonly string[]>>

export function addressFromSearch(search: string): OverviewAddress {
  const query = new URLSearchParams(search)
  return {
    scope: query.get('of') === 'open' ? 'open' : 'approved',
    topics: query.getAll('topic'), areas: query.getAll('area'), severities: query.getAll('severity'),
    week: weekIn(query),
  }
}

/** The shortest search that reads as this address. */
export function searchFromAddress(address: OverviewAddress): string {
  const query = new URLSearchParams()
  if (address.scope !== 'approved') query.set('of', address.scope)
  for (const dimension of Object.keys(keyOf) as readonly Dimension[]) for (const value of address[dimension]) query.append(keyOf[dimension], value)
  if (address.week !== null) query.set('week', address.week)
  return query.toString()
}

export function filterFromAddress({ scope, topics, areas, severities, week }: OverviewAddress): EntriesFilter {
  const { countries, regions } = codesIn(areas)
  return {
    state: statesByScope[scope],
    ...(topics.length === 0 ? {} : { topic: topics }), ...(severities.length === 0 ? {} : { severity: severities }),
    ...(countries.length === 0 ? {} : { country: countries }), ...(regions.length === 0 ? {} : { adm1: regions }),
    ...daysOfWeek(week),
  }
}

export function withToggled(address: OverviewAddress, dimension: Dimension, value: string): OverviewAddress {
  const values = address[dimension]
  return { ...address, [dimension]: values.includes(value) ? values.filter((other) => other !== value) : [...values, value] }
}

export function hasChoices({ topics, areas, severities, week }: OverviewAddress): boolean {
  return topics.length + areas.length + severities.length > 0 || week !== null
}

/** The list of the entries behind one cell, in the queue, under what is chosen besides: those that are counted and no others. */
export function queueSearchOf(address: OverviewAddress, about: { readonly topic?: string; readonly country?: string; readonly adm1?: string | null; readonly severity?: string; readonly kind?: string; readonly doer?: string }): string {
  const query = new URLSearchParams([['view', address.scope === 'approved' ? 'approved' : 'all']])
  const chosen = codesIn(address.areas)
  const pairs = {
    // No view holds just what may still count.
    state: address.scope === 'approved' ? [] : statesByScope[address.scope],
    kind: about.kind === undefined ? [] : [about.kind],
    topic: about.topic === undefined ? address.topics : [about.topic],
    country: about.country === undefined ? chosen.countries : [about.country],
    adm1: about.country === undefined ? chosen.regions : [about.adm1 ?? withoutRegion(about.country)],
    severity: about.severity === undefined ? address.severities : [about.severity],
  }
  for (const [key, values] of Object.entries(pairs)) for (const value of values) query.append(key, value)
  if (about.doer !== undefined) query.set('doer', about.doer)
  if (address.week !== null) query.set('week', address.week)
  return query.toString()
}

import type { EntrySort, FacetName } from '#protocol/desk.ts'

/** Before a member, as a code of the facet `second`: what waits for them as the second reader. */
export const secondFor = 'for:'

/** Filters of the desk, parsed: the codes chosen of a facet are alternatives. */
export interface EntriesFilter {
  readonly chosen: Readonly<Partial<Record<FacetName, readonly string[]>>>
  readonly from: string | null
  readonly to: string | null
  readonly q: string | null
  /** Only what names this organisation as the one that acts, however it is spelled; '' for what names none. */
  readonly doer?: string | null
  /** Only what the report counts, by the day and the topic with which it does, whatever was edited since. */
  readonly isCounted?: boolean
  readonly sort: EntrySort
  readonly after: string | null
  readonly limit: number
  readonly facets: readonly FacetName[]
}

/** What narrows a list, whatever is done with it. */
export type ListFilter = Pick<EntriesFilter, 'chosen' | 'from' | 'to' | 'q' | 'doer' | 'isCounted'>

import type { EntryId } from '#domain/ids.ts'

/** The rows that were chosen to be decided on together, and the one that a range begins at. */
export interface Selection {
  readonly ids: ReadonlySet<EntryId>
  readonly anchor: EntryId | null
}

export const nothingChosen: Selection = { ids: new Set(), anchor: null }

/** As many as one reason can honestly speak for, and as one dialog reads. */
export const mostChosen = 200

export function toggled({ ids }: Selection, id: EntryId): Selection {
  if (ids.has(id)) return { ids: new Set([...ids].filter((other) => other !== id)), anchor: id }
  return { ids: bounded([...ids, id]), anchor: id }
}

/** Everything between the row that was chosen last and this one, in the order of the list; this one alone where there is none. */
export function extended({ ids, anchor }: Selection, order: readonly EntryId[], to: EntryId): Selection {
  const [from, until] = [anchor === null ? -1 : order.indexOf(anchor), order.indexOf(to)]
  if (from === -1 || until === -1) return { ids: bounded([...ids, to]), anchor: to }
  return { ids: bounded([...ids, ...order.slice(Math.min(from, until), Math.max(from, until) + 1)]), anchor }
}

function bounded(ids: readonly EntryId[]): ReadonlySet<EntryId> {
  return new Set([...new Set(ids)].slice(0, mostChosen))
}

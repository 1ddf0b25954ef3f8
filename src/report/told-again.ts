import type { EntryId, Ref } from '#domain/ids.ts'
import type { CountedEntry } from '#report/counted-entry.ts'

/** What each entry tells again, as somebody else than its author tied it; of all entries, those that do not count too. */
export type Repeats = ReadonlyMap<EntryId, readonly EntryId[]>

/**
 * Reports of what another one tells that counts itself, as somebody else than their author tied them. Where the other one does not count
 * (withdrawn, erased, of another period), the event would be lost with all that tell it again: the first of them stands for it. Of several that were
 * tied in a ring the first counts.
 */
export function toldAgain(approved: readonly CountedEntry[], repeats: Repeats): ReadonlySet<EntryId> {
  const refs = new Map(approved.map(({ entryId, ref }) => [entryId, ref] as const))
  const targets = targetsOf(approved, repeats, refs)
  const reached = new Map<EntryId, ReadonlySet<EntryId>>()
  const reach = (from: EntryId): ReadonlySet<EntryId> => {
    const known = reached.get(from)
    if (known !== undefined) return known
    const found = new Set<EntryId>()
    const next = [...(targets.get(from) ?? [])]
    for (let to = next.pop(); to !== undefined; to = next.pop()) {
      if (found.has(to)) continue
      found.add(to)
      next.push(...(targets.get(to) ?? []))
    }
    reached.set(from, found)
    return found
  }
  // One stands for all that lead to it where everything that it leads to leads back to it, and none of those comes before it.
  const stands = (id: EntryId) => [...reach(id)].every((to) => reach(to).has(id) && (refs.get(id) ?? '') <= (refs.get(to) ?? ''))
  return new Set(approved.flatMap(({ entryId }) => ((targets.get(entryId) ?? []).length > 0 && !stands(entryId) ? [entryId] : [])))
}

/** Which of those that count each tells again, also over others that do not. */
function targetsOf(approved: readonly CountedEntry[], repeats: Repeats, refs: ReadonlyMap<EntryId, Ref>): ReadonlyMap<EntryId, readonly EntryId[]> {
  const rumours = new Set(approved.flatMap(({ entryId, content }) => (content.sourceType === 'rumour' ? [entryId] : [])))
  // What somebody saw is no rumour told again: it counts, whatever was heard before.
  const tells = (from: EntryId, to: EntryId) => from !== to && (!rumours.has(to) || rumours.has(from))
  const targets = new Map<EntryId, EntryId[]>()
  const behind = new Map<EntryId, EntryId[]>()
  for (const { entryId } of approved) {
    const next = [...(repeats.get(entryId) ?? [])]
    const seen = new Set<EntryId>()
    for (let to = next.pop(); to !== undefined; to = next.pop()) {
      if (seen.has(to)) continue
      seen.add(to)
      if (refs.has(to)) {
        if (tells(entryId, to)) push(targets, entryId, to)
      } else {
        push(behind, to, entryId)
        next.push(...(repeats.get(to) ?? []))
      }
    }
  }
  const withheld = new Set(approved.flatMap(({ entryId, standing }) => (standing === 'withheld' ? [entryId] : [])))
  // What can be told best, and of as good ones the oldest.
  const rank = (id: EntryId) => Number(rumours.has(id)) * 2 + Number(withheld.has(id))
  for (const several of behind.values()) {
    const [first] = several.toSorted((one, other) => rank(one) - rank(other) || ((refs.get(one) ?? '') < (refs.get(other) ?? '') ? -1 : 1))
    for (const other of several) if (first !== undefined && tells(other, first)) push(targets, other, first)
  }
  return targets
}

function push(map: Map<EntryId, EntryId[]>, key: EntryId, one: EntryId): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [one])
  else list.push(one)
}

import type { EntryState } from '#domain/entry-state.ts'
import type { MemberId } from '#domain/ids.ts'

/** How two entries are said to tell of one event: as a second source, or as the same report again. */
export const sameEventKinds = ['sameAs', 'duplicateOf'] as const

/** Whether a link says so for the report: what authors tie to their own entries moves no number of it. */
export function tellsOfOneEvent({ kind, memberId }: Pick<EntryState['links'][number], 'kind' | 'memberId'>, author: MemberId): boolean {
  return memberId !== author && (sameEventKinds as readonly string[]).includes(kind)
}

/** Of what is tied to one another, over however many others, one that stands for all: the same for each of them. */
export function eventsOf<Key>(ties: Iterable<readonly [Key, Key]>): (one: Key) => Key {
  const next = new Map<Key, Key>()
  const standIn = (one: Key): Key => {
    let last = one
    for (let to = next.get(last); to !== undefined; to = next.get(last)) last = to
    // Whoever asks again has one step to go.
    for (let at = one; at !== last;) {
      const to = next.get(at) ?? last
      next.set(at, last)
      at = to
    }
    return last
  }
  for (const [one, other] of ties) {
    const [from, to] = [standIn(one), standIn(other)]
    if (from !== to) next.set(from, to)
  }
  return standIn
}

import type { EntryId } from '#domain/ids.ts'
import type { LocalEntry } from '#device/device.ts'
import { isSameSet } from '#device/same-set.ts'
import type { StoredEntry } from '#device/store/local-entries.ts'
import { travelOf } from '#device/travel.ts'

/** The same entry with its travel, and the same object for the same entry. `sending`: in a request that has not been answered. */
export function withTravel(stored: StoredEntry, sending: ReadonlySet<EntryId>): LocalEntry {
  const isSending = sending.has(stored.state.id)
  const travelled = isSending ? whileSending : atRest
  const before = travelled.get(stored)
  if (before !== undefined) return before
  const { way, ...entry } = stored
  const made = { ...entry, travel: travelOf({ ...way, isSending }) }
  travelled.set(stored, made)
  return made
}

const [atRest, whileSending] = [new WeakMap<StoredEntry, LocalEntry>(), new WeakMap<StoredEntry, LocalEntry>()]

/** The same of a list, which costs what is another in it since the last time: a thousand entries stand on both sides of the one that was saved. */
export function createTravelling(): (stored: readonly StoredEntry[], sending: ReadonlySet<EntryId>) => readonly LocalEntry[] {
  let last: { readonly stored: readonly StoredEntry[]; readonly sending: ReadonlySet<EntryId>; readonly entries: readonly LocalEntry[] } | null = null
  return (stored, sending) => {
    const before = last === null || !isSameSet(last.sending, sending) ? { stored: [], entries: [] } : last
    const most = Math.min(stored.length, before.stored.length)
    let [front, back] = [0, 0]
    while (front < most && stored[front] === before.stored[front]) front += 1
    while (back < most - front && stored[stored.length - 1 - back] === before.stored[before.stored.length - 1 - back]) back += 1
    const middle = stored.slice(front, stored.length - back).map((entry) => withTravel(entry, sending))
    const entries = before.entries.slice(0, front).concat(middle, before.entries.slice(before.entries.length - back))
    last = { stored, sending, entries }
    return entries
  }
}

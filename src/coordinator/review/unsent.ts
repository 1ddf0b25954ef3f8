import type { Membership } from '#device/device.ts'
import type { Watch } from '#device/watch.ts'
import type { ChangeOf, KnownChange } from '#domain/change.ts'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import type { DeskGround } from '#coordinator/desk-ground.ts'
import { withCorrection } from '#coordinator/review/reading.ts'
import type { Reading } from '#coordinator/review/reading.ts'

/** Corrections of this desk, of whichever window, that no answer of the server has held yet, by entry. */
export interface Unsent extends Watch<ReadonlyMap<EntryId, readonly KnownChange[]>> {
  readonly get: () => ReadonlyMap<EntryId, readonly KnownChange[]>
  readonly of: (id: EntryId) => readonly KnownChange[]
  readonly add: (change: ChangeOf<'correct'>) => void
  readonly forget: (id: EntryId, isThere: (change: ChangeId) => boolean) => void
  /** The same reading with all of them. */
  readonly laidOver: (reading: Reading) => Promise<Reading>
}

export function createUnsent({ digest, member, deviceId }: Pick<DeskGround, 'digest'> & Pick<Membership, 'member' | 'deviceId'>): Unsent {
  let unsent: ReadonlyMap<EntryId, readonly KnownChange[]> = new Map()
  const listeners = new Set<() => void>()
  const of = (id: EntryId): readonly KnownChange[] => unsent.get(id) ?? []

  function put(id: EntryId, own: readonly KnownChange[]): void {
    unsent = new Map([...unsent, [id, own] as const].filter(([, changes]) => changes.length > 0))
    for (const listener of [...listeners]) listener()
  }

  return {
    get: () => unsent,
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    of,
    add: (change) => put(change.entryId, [...of(change.entryId).filter((one) => one.change.id !== change.id), { change, seq: null, deviceId, memberId: member.id, receivedAt: null }]),
    forget: (id, isThere) => {
      if (of(id).some(({ change }) => isThere(change.id))) put(id, of(id).filter(({ change }) => !isThere(change.id)))
    },
    laidOver: async (reading) => {
      let laid = reading
      for (const one of lackedBy(reading, of(reading.entry.id))) laid = await withCorrection(laid, one, { digest, member })
      return laid
    },
  }
}

/** What of them does not count in this reading yet. */
export function lackedBy({ history }: Pick<Reading, 'history'>, own: readonly KnownChange[]): readonly KnownChange[] {
  return own.filter((one) => !history.some(({ change }) => change.id === one.change.id))
}

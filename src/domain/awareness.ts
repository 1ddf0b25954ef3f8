import type { KnownChange } from '#domain/change.ts'
import type { Folding } from '#domain/folding.ts'
import type { ChangeId } from '#domain/ids.ts'

type Ground = Pick<Folding, 'positions' | 'history'>

/**
 * What the writer of a change had seen: all up to its base, which is the last change of the entry that its device had from the server, and what
 * that device had written before. A change of its own that went out beside somebody else's says nothing of having seen theirs.
 */
export function seenBy({ change, deviceId }: Pick<KnownChange, 'change' | 'deviceId'>, { positions, history }: Ground): (other: ChangeId) => boolean {
  const base = change.base === null ? -1 : (positions.get(change.base) ?? -1)
  return (id) => {
    const at = positions.get(id)
    const other = at === undefined ? undefined : history[at]
    return at !== undefined && other !== undefined && (at <= base || (other.deviceId === deviceId && other.change.deviceSeq < change.deviceSeq))
  }
}

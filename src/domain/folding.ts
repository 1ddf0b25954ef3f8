import type { ChangeOf, ChangeType, KnownChange } from '#domain/change.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { ChangeId } from '#domain/ids.ts'

/** A change of one type with what is known of it. */
export type KnownChangeOf<Type extends ChangeType> = Omit<KnownChange, 'change'> & { readonly change: ChangeOf<Type> }

/** What the fold carries along: the entry so far, and where each change stands (awareness is judged by position). */
export interface Folding {
  readonly entry: EntryState
  readonly positions: ReadonlyMap<ChangeId, number>
  readonly history: readonly KnownChange[]
}

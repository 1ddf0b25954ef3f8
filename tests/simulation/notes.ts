import type { ChangeType } from '#domain/change.ts'
import type { ChangeId, EntryId, Sha256 } from '#domain/ids.ts'

/** A save that a person was told of: from here on it must be somewhere. */
export interface Confirmed {
  readonly by: string
  readonly entryId: EntryId
  /** Null for the record itself, which the phone names by its entry. */
  readonly changeId: ChangeId | null
  readonly type: ChangeType
  /** What the body must hold, word for word. */
  readonly holds: Readonly<Record<string, unknown>>
  readonly photo: { readonly sha256: Sha256; readonly bytes: Uint8Array } | null
}

/** What a history remembers of what people were told, against which everything is held. */
export class Notes {
  readonly confirmed: Confirmed[] = []
  /** Gone with a phone or a storage that held them alone: nobody was promised otherwise. */
  readonly forgiven = new Set<Confirmed>()
  /** For ever, also where the server was lost a moment later: the ids stand beside its backups. */
  readonly erased = new Set<EntryId>()
  /** An erasure was begun on a phone: whether it was kept there is told by its confirmation, or by nobody if the browser died over it. */
  readonly erasing = new Set<EntryId>()
  /** Changes of entries that a phone has called safe: no loss of a phone or a server takes them away. */
  readonly calledSafe = new Set<ChangeId>()
  readonly violations: string[] = []
  readonly #seen = new Map<string, number>()

  confirm(save: Confirmed): void {
    this.confirmed.push(save)
  }

  violate(invariant: string, what: string): void {
    this.violations.push(`${invariant}: ${what}`)
  }

  /** A cursor of one storage in one epoch and scope never goes back. */
  cursor(name: string, after: number): void {
    const before = this.#seen.get(name) ?? 0
    if (after < before) this.violate('I7', `the cursor of ${name} went from ${before} back to ${after}`)
    this.#seen.set(name, after)
  }

  forgetCursors(databaseName: string): void {
    for (const name of this.#seen.keys()) if (name.startsWith(`${databaseName} `)) this.#seen.delete(name)
  }

  /** Nothing is owed of what may have been erased, but the erasure itself. */
  owed(): readonly Confirmed[] {
    return this.confirmed.filter((save) => !this.forgiven.has(save) && !this.erased.has(save.entryId) && (save.type === 'erase' || !this.erasing.has(save.entryId)))
  }

  /** What must be nowhere: erased by a desk, or by a phone that said so and was not lost before it could pass it on. */
  mustBeGone(waiting: ReadonlySet<ChangeId>): ReadonlySet<EntryId> {
    return new Set([...this.erased, ...this.owed().flatMap(({ type, entryId, changeId }) => (type === 'erase' && changeId !== null && !waiting.has(changeId) ? [entryId] : []))])
  }
}

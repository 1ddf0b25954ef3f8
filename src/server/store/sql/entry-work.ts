import { hash } from 'node:crypto'
import type { KnownChange } from '#domain/change.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { countingChanges, foldEntry } from '#domain/fold.ts'
import { revisionContent } from '#domain/fold-decision.ts'
import type { CampaignId, ChangeId, EntryId, MemberId, Sha256 } from '#domain/ids.ts'
import { contentText } from '#protocol/chain.ts'
import type { Tx } from '#server/store/sql/db.ts'
import { isErasedRow } from '#server/store/sql/erase.ts'
import { kept } from '#server/store/sql/kept-query.ts'
import { knownChanges } from '#server/store/sql/parsed-change.ts'
import type { ChangeRow } from '#server/store/sql/schema.ts'
import type { JudgeContext } from '#server/store/store.ts'

/** One entry inside a transaction: the changes it has so far, folded when somebody asks. */
export class EntryWork {
  readonly id: EntryId
  /** What volunteers could see of it before this transaction. */
  readonly publicBefore: string | null
  /** Nothing of it stands here yet: neither a change nor what is made of its changes. */
  readonly isNew: boolean
  /** Whoever has sent words of it that stand here, also what nobody could read. */
  readonly #writers: ReadonlySet<MemberId>
  /** Of those who have erased it beforehand. */
  readonly #coordinators: ReadonlySet<MemberId>
  #changes: readonly KnownChange[]
  #folded: EntryState | null | undefined
  #isErased: boolean

  constructor(id: EntryId, { rows, publicKey, coordinators }: { readonly rows: readonly ChangeRow[]; readonly publicKey: string | null; readonly coordinators: ReadonlySet<MemberId> }) {
    this.id = id
    this.publicBefore = publicKey
    this.isNew = rows.length === 0
    this.#changes = knownChanges(rows)
    this.#writers = new Set(rows.flatMap(({ member_id, type }) => (type === 'erase' ? [] : [member_id])))
    this.#isErased = rows.some(isErasedRow)
    this.#coordinators = coordinators
  }

  get changes(): readonly KnownChange[] {
    return this.#changes
  }

  get entry(): EntryState | null {
    if (this.#folded === undefined) this.#folded = foldEntry(this.#changes)
    return this.#folded
  }

  /** Who may pull its changes; null while nothing counts. */
  get author(): MemberId | null {
    return this.entry?.author ?? null
  }

  /** Whether nothing that a member sends of it is kept: it was erased, or that member or a coordinator has erased it before any of it came (the desk knew it, and the server was restored). */
  isErasedFor(member: MemberId): boolean {
    return this.#isErased || (this.entry === null && this.#changes.some(({ change, quarantined, memberId }) => change.type === 'erase' && quarantined !== true && (memberId === member || this.#coordinators.has(memberId))))
  }

  /** Of an entry that does not count: whether an erasure by this member is of their own words alone, or of what was erased before. */
  erasableBy(member: MemberId, isErased: boolean): JudgeContext['erasable'] {
    const isWriter = this.#writers.size === 0 || this.#writers.has(member)
    if (this.#isErased || isErased) return isWriter ? 'own' : 'gone'
    return isWriter && this.#writers.size <= 1 ? 'own' : null
  }

  erase(): void {
    this.#isErased = true
    this.replace(this.#changes.filter(({ change }) => change.type === 'erase'))
  }

  replace(changes: readonly KnownChange[]): void {
    this.#changes = changes
    this.#folded = undefined
  }

  contentHashOf(revision: ChangeId): Sha256 | null {
    const history = countingChanges(this.#changes)
    const isRevision = history.some(({ change }) => change.id === revision && (change.type === 'record' || change.type === 'revise' || change.type === 'correct'))
    if (this.entry === null || !isRevision) return null
    return hash('sha256', contentText(revisionContent({ entry: this.entry, history }, revision))) as Sha256
  }
}

/** The entries that a run touches, with all their changes out of `stored`, where they stand in the order of the log; one that is not known yet begins empty. */
export async function loadEntries(tx: Tx, campaign: CampaignId, ids: readonly EntryId[], stored: readonly ChangeRow[]): Promise<ReadonlyMap<EntryId, EntryWork>> {
  const isTouched = new Set<EntryId | null>(ids)
  const rows = stored.filter(({ entry_id: id }) => id !== null && isTouched.has(id))
  // What is new has no row to be asked for.
  const shown = rows.length === 0 ? [] : await readShown(tx, campaign, [...new Set(rows.flatMap(({ entry_id: id }) => (id === null ? [] : [id])))])
  const erasers = new Set(rows.flatMap(({ type, member_id, quarantined }) => (type === 'erase' && quarantined === null ? [member_id] : [])))
  const coordinators = new Set(erasers.size === 0 ? [] : (await readCoordinators(tx, campaign, [...erasers])).map(({ id }) => id))
  const rowsByEntry = new Map<EntryId | null, ChangeRow[]>()
  for (const row of rows) rowsByEntry.set(row.entry_id, [...(rowsByEntry.get(row.entry_id) ?? []), row])
  const keyByEntry = new Map(shown.map((row) => [row.id, row.public_key] as const))
  return new Map(ids.map((id) => [id, new EntryWork(id, { rows: rowsByEntry.get(id) ?? [], publicKey: keyByEntry.get(id) ?? null, coordinators })] as const))
}

const readCoordinators = kept((db, campaign: CampaignId, ids: readonly MemberId[]) => db.selectFrom('members').select('id').where('campaign_id', '=', campaign).where('role', '=', 'coordinator').where('id', 'in', ids))
const readShown = kept((db, campaign: CampaignId, ids: readonly EntryId[]) => db.selectFrom('entries').select(['id', 'public_key']).where('campaign_id', '=', campaign).where('id', 'in', ids))

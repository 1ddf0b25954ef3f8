import type { Change, ChangeOf } from '#domain/change.ts'
import type { ChangeId, EntryId, MemberId, Ref } from '#domain/ids.ts'
import type { QuarantineReason } from '#protocol/problem.ts'
import type { PushResult } from '#protocol/sync.ts'
import type { EntryWork } from '#server/store/sql/entry-work.ts'
import { knownChange, parsedChange } from '#server/store/sql/parsed-change.ts'
import type { ProjectionGround } from '#server/store/sql/projection-ground.ts'
import type { AlarmRow, ChangeRow, CounterRow, HandedOverRow, LinkRow } from '#server/store/sql/schema.ts'
import type { AppendRun, PreparedChange } from '#server/store/store.ts'

export type KnownRow = Pick<ChangeRow, 'key' | 'id' | 'seq' | 'entry_id' | 'type' | 'change_hash' | 'proven' | 'ref' | 'quarantined' | 'released' | 'erased_at' | 'text'>

interface Ground {
  readonly counters: CounterRow
  readonly known: readonly KnownRow[]
  readonly entries: ReadonlyMap<EntryId, EntryWork>
  readonly isForked: boolean
  readonly projection: ProjectionGround
}

/**
 * A run on its way into the store, inside its transaction: decides change by change and gathers what is to be written.
 *
 *   known id, same hash ──► duplicate (or quarantined, as it was)     known id, other hash ──► mismatch, kept as alarm
 *   chain does not continue ──► forked, kept as alarm                 refused or forbidden ──► quarantined, with a seq
 *   otherwise ──► stored, with a seq, a `record` also with a ref
 */
export class Appending {
  readonly run: AppendRun
  readonly isForked: boolean
  readonly projection: ProjectionGround
  readonly rows: ChangeRow[] = []
  readonly links: LinkRow[] = []
  readonly alarms: AlarmRow[] = []
  readonly handed: HandedOverRow[] = []
  readonly releases: { readonly target: KnownRow; readonly ref: Ref | null; readonly author: MemberId | null }[] = []
  readonly erasures: EntryId[] = []
  readonly #known: Map<string, KnownRow>
  readonly #entries: ReadonlyMap<EntryId, EntryWork>
  readonly #touched = new Set<EntryId>()
  #counters: CounterRow

  constructor(run: AppendRun, ground: Ground) {
    this.run = run
    this.isForked = ground.isForked
    this.projection = ground.projection
    this.#known = new Map(ground.known.map((row) => [row.key, row]))
    this.#entries = ground.entries
    this.#counters = ground.counters
  }

  counters(): Pick<CounterRow, 'seq' | 'challenge_ref' | 'action_ref'> {
    const { seq, challenge_ref, action_ref } = this.#counters
    return { seq, challenge_ref, action_ref }
  }

  /** Entries whose fold this run may have changed. */
  touched(): readonly EntryWork[] {
    return [...this.#touched].flatMap((id) => this.#entries.get(id) ?? [])
  }

  /** Marks the last accepted change of an entry as the one that made it public, or took it back. */
  publish(entry: EntryId, publishes: 'digest' | 'gone'): void {
    const index = this.rows.findLastIndex((row) => row.entry_id === entry && row.quarantined === null)
    const row = this.rows[index]
    if (row !== undefined) this.rows[index] = { ...row, publishes }
  }

  take(prepared: PreparedChange): PushResult {
    const known = this.#knownAs(prepared)
    if (known !== undefined) return this.#takeKnown(prepared, known)
    if (this.isForked && prepared.link !== null) return this.#takeForked(prepared)
    this.#link(prepared)
    if (this.#isErased(prepared)) return this.#keepPlace(prepared, null)
    if (this.run.isAuthorErased === true) return this.#keepPlace(prepared, prepared.refused ?? 'revoked-device')
    const reason = prepared.refused ?? this.#judge(prepared)
    return reason === null && prepared.change !== null ? this.#store(prepared, prepared.change) : this.#quarantine(prepared, reason ?? 'invalid')
  }

  /** By its id, even when no seal proves it now but the content is the same; or by what came of it without a seal. */
  #knownAs({ id, link, changeHash }: PreparedChange): KnownRow | undefined {
    const byId = id === null ? undefined : this.#known.get(id)
    if (byId !== undefined && (link !== null || byId.change_hash === changeHash)) return byId
    const unproven = this.#known.get(`~${changeHash}`)
    // What a person has released counts already: coming with its chain after all, it is the same again.
    return link === null || (unproven?.released === 1 && unproven.id === id) ? unproven : undefined
  }

  #takeKnown(prepared: PreparedChange, known: KnownRow): PushResult {
    if (!this.isForked) this.#link(prepared)
    this.#handOver(prepared)
    const told = { id: prepared.id, seq: Number(known.seq), ...(known.ref === null ? {} : { ref: known.ref }) }
    if (known.erased_at !== null) return { ...told, status: 'erased' }
    if (known.change_hash !== prepared.changeHash) {
      this.#alarm('mismatch', prepared)
      return { id: prepared.id, status: 'mismatch' }
    }
    return known.quarantined !== null && known.released === 0 ? { ...told, status: 'quarantined', problem: known.quarantined } : { ...told, status: 'duplicate' }
  }

  /** Erased here, by whichever process, or before a backup was restored that did not know of it, and sent by a phone that had not heard: it does not come back, by no way. */
  #isErased(prepared: PreparedChange): boolean {
    return prepared.type !== 'erase' && this.#isGone(prepared)
  }

  #isGone({ entryId }: PreparedChange): boolean {
    if (entryId === null) return false
    return this.run.isErased?.(entryId) === true || this.#entries.get(entryId)?.isErasedFor(this.run.memberId) === true
  }

  /** Set aside, where only its author is erased: of the entry that it names, which may be anybody's, it says nothing. */
  #keepPlace(prepared: PreparedChange, quarantined: QuarantineReason | null): PushResult {
    const row = { ...this.#row(prepared, { ref: null, quarantined }), text: '', erased_at: this.run.receivedAt }
    this.#rowsTo(row)
    this.#handOver(prepared)
    return { id: prepared.id, status: 'erased', seq: row.seq }
  }

  #takeForked(prepared: PreparedChange): PushResult {
    this.#alarm('forked', prepared)
    return { id: prepared.id, status: 'forked' }
  }

  #judge({ change, entryId }: PreparedChange): QuarantineReason | null {
    const work = entryId === null ? undefined : this.#entries.get(entryId)
    if (change === null || work === undefined) return 'invalid'
    // A release may name the very record without which there is no entry yet.
    const entryExists = work.entry !== null || (change.type === 'release' && this.#releasable(change) !== undefined)
    return this.run.judge(change, { author: work.author, entry: work.entry, entryExists, contentHashOf: (revision) => work.contentHashOf(revision), erasable: work.erasableBy(this.run.memberId, this.run.isErased?.(change.entryId) === true) })
  }

  #store(prepared: PreparedChange, change: Change): PushResult {
    const ref = change.type === 'record' ? this.#nextRef(change) : null
    const row = this.#row(prepared, { ref, quarantined: null })
    const work = this.#entries.get(change.entryId)
    work?.replace([...work.changes, knownChange(row, change)])
    this.#touched.add(change.entryId)
    const author = work?.author ?? row.author_id
    this.#rowsTo(author === row.author_id ? row : { ...row, author_id: author })
    if (change.type === 'release') this.#release(change)
    if (change.type === 'erase') this.#erase(change.entryId)
    return { id: change.id, status: 'stored', seq: row.seq, ...(ref === null ? {} : { ref }) }
  }

  #quarantine(prepared: PreparedChange, reason: QuarantineReason): PushResult {
    const row = this.#row(prepared, { ref: null, quarantined: reason })
    const change = parsedChange(row)
    const work = change === null ? undefined : this.#entries.get(change.entryId)
    if (change !== null && work?.changes.every((known) => known.change.id !== change.id) === true) work.replace([...work.changes, knownChange(row, change)])
    this.#rowsTo(row)
    return { id: prepared.id, status: 'quarantined', seq: row.seq, problem: reason }
  }

  #rowsTo(row: ChangeRow): void {
    this.rows.push(row)
    this.#known.set(row.key, row)
  }

  #row(prepared: PreparedChange, { ref, quarantined }: Pick<ChangeRow, 'ref' | 'quarantined'>): ChangeRow {
    const { run } = this
    const seq = Number(this.#counters.seq) + 1
    this.#counters = { ...this.#counters, seq }
    const isProven = prepared.link !== null
    const author = prepared.entryId === null ? null : (this.#entries.get(prepared.entryId)?.author ?? null)
    return {
      campaign_id: run.campaignId, seq, key: isProven && prepared.id !== null ? prepared.id : `~${prepared.changeHash}`, id: prepared.id, entry_id: prepared.entryId,
      device_id: run.deviceId, device_seq: prepared.deviceSeq, member_id: run.memberId, carried_by: run.carriedBy, author_id: author ?? run.memberId,
      received_at: run.receivedAt, type: prepared.type, change_hash: prepared.changeHash, proven: isProven ? 1 : 0, text: prepared.text, ref, quarantined,
      released: 0, erased_at: null, publishes: null,
    }
  }

  #nextRef({ body }: Pick<ChangeOf<'record'>, 'body'>): Ref {
    const isChallenge = body.content.kind === 'challenge'
    const counter = isChallenge ? 'challenge_ref' : 'action_ref'
    const next = Number(this.#counters[counter]) + 1
    this.#counters = { ...this.#counters, [counter]: next }
    return `${isChallenge ? 'C' : 'A'}-${String(next).padStart(6, '0')}` as Ref
  }

  /** What a release may bring back: a quarantined change of the same entry that can be read. */
  #releasable({ entryId, body }: ChangeOf<'release'>): KnownRow | undefined {
    const isIt = (row: KnownRow) => row.id === (body.change as ChangeId) && row.entry_id === entryId && row.quarantined !== null && row.released === 0 && parsedChange(row) !== null
    return [...this.#known.values()].filter(isIt).toSorted((a, b) => b.proven - a.proven || a.seq - b.seq)[0]
  }

  /** From here on the change counts, in its own place; a record gets its ref only now. */
  #release(release: ChangeOf<'release'>): void {
    const target = this.#releasable(release)
    const change = target === undefined ? null : parsedChange(target)
    const work = this.#entries.get(release.entryId)
    if (target === undefined || change === null || work === undefined) return
    const ref = change.type === 'record' && target.ref === null ? this.#nextRef(change) : null
    this.#known.set(target.key, { ...target, released: 1, ref: ref ?? target.ref })
    work.replace(work.changes.map((known) => (known.change.id === change.id && ref !== null ? { ...known, ref } : known)))
    // What came before its entry was kept as its sender's: from here on the author pulls it.
    this.releases.push({ target, ref, author: work.author })
    const index = this.rows.findLastIndex((row) => row.id === release.id)
    const row = this.rows[index]
    // The release carries the ref as well: devices that pulled the record before learn it here.
    if (row !== undefined && ref !== null) this.rows[index] = { ...row, ref, author_id: work.author ?? row.author_id }
  }

  #erase(entry: EntryId): void {
    this.erasures.push(entry)
    this.#entries.get(entry)?.erase()
    for (const [key, row] of this.#known) if (row.entry_id === entry && (row.type !== 'erase' || (row.quarantined !== null && row.released === 0))) this.#known.set(key, { ...row, text: '', erased_at: this.run.receivedAt })
  }

  /** What comes apart from its chain and is known already, or was erased, leaves only its place, so that nobody looks for it. */
  #handOver({ link, deviceSeq, refused }: PreparedChange): void {
    if (link !== null || deviceSeq === null || refused !== 'unparseable') return
    this.handed.push({ campaign_id: this.run.campaignId, device_id: this.run.deviceId, device_seq: deviceSeq })
  }

  #link({ link, changeHash }: PreparedChange): void {
    if (link === null) return
    this.links.push({ campaign_id: this.run.campaignId, device_id: this.run.deviceId, device_seq: link.deviceSeq, change_hash: changeHash, prev_hash: link.prevHash, hash: link.hash })
  }

  #alarm(kind: AlarmRow['kind'], prepared: PreparedChange): void {
    const text = this.run.isAuthorErased === true || this.#isGone(prepared) ? '' : prepared.text
    this.alarms.push({ campaign_id: this.run.campaignId, kind, device_id: this.run.deviceId, change_hash: prepared.changeHash, received_at: this.run.receivedAt, text })
  }
}

import type { ApiProblem, Membership } from '#device/device.ts'
import type { DeskApi } from '#device/sync/desk-api.ts'
import type { Watch } from '#device/watch.ts'
import type { ChangeOf, KnownChange } from '#domain/change.ts'
import type { FieldPatch } from '#domain/entry.ts'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { DeskGround } from '#coordinator/desk-ground.ts'
import type { FreshWatch } from '#coordinator/fresh/fresh-watch.ts'
import { readEntry, withCorrection } from '#coordinator/review/reading.ts'
import type { Reading } from '#coordinator/review/reading.ts'

export interface KnownReading {
  readonly reading: Reading
  /** When it came, for the words "as of". */
  readonly readAt: number
}

/** What was laid beside the author's words, and the change that does it. */
export interface Laid {
  readonly id: ChangeId
  readonly set: FieldPatch
}

/** The entries that the desk has read: the next one is there before it is asked for, and what a person has seen is remembered. */
export interface Readings {
  /** What was read and has not been touched since, as far as the desk knows. */
  readonly known: (id: EntryId) => KnownReading | null
  /** Asks the server, always. */
  readonly read: (id: EntryId) => Promise<Result<Reading | 'unreadable', ApiProblem>>
  /** Reads what is not known yet, a few at a time, in this order. A later call takes the place of what an earlier one has not begun. */
  readonly preload: (ids: readonly EntryId[]) => void
  /** A correction that was kept on this device, made on this reading: it counts in what is read here from now on, before the server has it too. */
  readonly lay: (reading: Reading, correction: Laid) => Promise<Reading>
  /** Corrections that wait on this device, of other windows too: they count in what is read here as those of this one do. */
  readonly waits: (corrections: readonly ChangeOf<'correct'>[]) => void
  /** What no answer of the server has held yet, by entry. */
  readonly unsent: Watch<ReadonlyMap<EntryId, readonly KnownChange[]>>
  /** The same reading with all of them. */
  readonly whole: (reading: Reading) => Promise<Reading>
  /** A person has this reading before them. */
  readonly open: (reading: Reading) => void
  /** It was erased: nothing of it stays in this window. */
  readonly forget: (id: EntryId) => void
  /** The reading that a person had before them last. */
  readonly opened: (id: EntryId) => Reading | null
}

const mostKept = 80
const atOnce = 4

export function createReadings(api: Pick<DeskApi, 'entry'>, { digest, now, member, deviceId }: Pick<DeskGround, 'digest' | 'now'> & Pick<Membership, 'member' | 'deviceId'>, fresh: Pick<FreshWatch, 'asOf' | 'check' | 'mayBeTouched'>): Readings {
  const kept = new Map<EntryId, KnownReading>()
  const seen = new Map<EntryId, Reading>()
  /** Corrections of this desk that no answer of the server has held yet. */
  let unsent: ReadonlyMap<EntryId, readonly KnownChange[]> = new Map()
  const listeners = new Set<() => void>()
  const running = new Set<EntryId>()
  let waiting: readonly EntryId[] = []

  async function read(id: EntryId): Promise<Result<Reading | 'unreadable', ApiProblem>> {
    if (fresh.asOf() === null) await fresh.check()
    // Where the log was known before the question: what was said while the answer was on its way may be missing in it.
    const asOf = fresh.asOf()
    const response = await api.entry(id)
    if (!response.ok) return fail(response.problem)
    const reading = await readEntry(response.value, digest, { asOf, reader: member.id })
    if (reading === null) return ok('unreadable')
    const there = new Set(response.value.changes.map(({ change }) => change.id))
    if (unsent.get(id)?.some(({ change }) => there.has(change.id)) === true) putUnsent(id, (own) => own.filter(({ change }) => !there.has(change.id)))
    const whole = await withUnsent(reading)
    keep(id, { reading: whole, readAt: now() })
    return ok(whole)
  }

  function putUnsent(id: EntryId, next: (own: readonly KnownChange[]) => readonly KnownChange[]): void {
    unsent = new Map([...unsent, [id, next(unsent.get(id) ?? [])] as const].filter(([, own]) => own.length > 0))
    for (const listener of [...listeners]) listener()
  }

  function waits(corrections: readonly ChangeOf<'correct'>[]): void {
    for (const change of corrections) {
      const { entryId } = change
      if (unsent.get(entryId)?.some((one) => one.change.id === change.id) === true) continue
      putUnsent(entryId, (own) => [...own, knownFrom(change)])
      const before = kept.get(entryId)
      // Another answer may have come meanwhile; it has been laid over already.
      if (before !== undefined) void withUnsent(before.reading).then((reading) => (kept.get(entryId) === before ? keep(entryId, { ...before, reading }) : undefined))
    }
  }

  function knownFrom(change: ChangeOf<'correct'>): KnownChange {
    return { change, seq: null, deviceId, memberId: member.id, receivedAt: null }
  }

  async function withUnsent(reading: Reading): Promise<Reading> {
    const own = unsent.get(reading.entry.id) ?? []
    const missing = own.filter((one) => !reading.history.some(({ change }) => change.id === one.change.id))
    let laid = reading
    for (const one of missing) laid = await withCorrection(laid, one, { digest, member })
    return laid
  }

  async function lay(reading: Reading, { id, set }: Laid): Promise<Reading> {
    const { id: entryId, head } = reading.entry
    const own = [...reading.history, ...(unsent.get(entryId) ?? [])].filter((known) => known.deviceId === deviceId)
    // What of the envelope only the chain needs stays empty; of the place in it only the order counts.
    const change: ChangeOf<'correct'> = {
      v: 1, id, entryId, type: 'correct', base: head, body: { set, unset: [] }, deviceSeq: 1 + Math.max(0, ...own.map((known) => known.change.deviceSeq)), salt: '', recordedAt: instantOf({ now }), appVersion: '',
    }
    putUnsent(entryId, (before) => [...before.filter((one) => one.change.id !== id), knownFrom(change)])
    const laid = await withUnsent(reading)
    keep(entryId, { reading: laid, readAt: kept.get(entryId)?.readAt ?? now() })
    return laid
  }

  function keep(id: EntryId, one: KnownReading): void {
    kept.delete(id)
    kept.set(id, one)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  }

  function known(id: EntryId): KnownReading | null {
    const one = kept.get(id)
    return one === undefined || fresh.mayBeTouched(id, one.reading.asOf) ? null : one
  }

  /** One of a few that read what is wanted next until nothing is. One that cannot be read now is read when it is opened, and says why there. */
  async function work(): Promise<void> {
    for (let next = nextWanted(); next !== undefined; next = nextWanted()) {
      waiting = waiting.filter((id) => id !== next)
      running.add(next)
      await read(next).catch(() => undefined)
      running.delete(next)
    }
  }

  function nextWanted(): EntryId | undefined {
    return waiting.find((id) => !running.has(id) && known(id) === null)
  }

  return {
    known,
    read,
    lay,
    waits,
    unsent: {
      get: () => unsent,
      subscribe: (onChange) => {
        listeners.add(onChange)
        return () => listeners.delete(onChange)
      },
    },
    whole: withUnsent,
    preload: (ids) => {
      waiting = ids
      for (let free = atOnce - running.size; free > 0; free -= 1) void work()
    },
    open: (reading) => seen.set(reading.entry.id, reading),
    forget: (id) => {
      kept.delete(id)
      seen.delete(id)
      putUnsent(id, () => [])
    },
    opened: (id) => seen.get(id) ?? null,
  }
}

import type { ApiProblem, Membership } from '#device/device.ts'
import type { DeskApi } from '#device/sync/desk-api.ts'
import type { ChangeOf } from '#domain/change.ts'
import type { FieldPatch } from '#domain/entry.ts'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { DeskGround } from '#coordinator/desk-ground.ts'
import type { FreshWatch } from '#coordinator/fresh/fresh-watch.ts'
import { readEntry } from '#coordinator/review/reading.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import { createUnsent } from '#coordinator/review/unsent.ts'
import type { Unsent } from '#coordinator/review/unsent.ts'

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
  readonly unsent: Pick<Unsent, 'get' | 'subscribe' | 'laidOver'>
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
  const unsent = createUnsent({ digest, member, deviceId })
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
    unsent.forget(id, (change) => there.has(change))
    const whole = await unsent.laidOver(reading)
    keep(id, { reading: whole, readAt: now() })
    return ok(whole)
  }

  function waits(corrections: readonly ChangeOf<'correct'>[]): void {
    for (const change of corrections.filter(({ id, entryId }) => !unsent.of(entryId).some((one) => one.change.id === id))) {
      const { entryId } = change
      unsent.add(change)
      const before = kept.get(entryId)
      // Another answer may have come meanwhile; it has been laid over already.
      if (before !== undefined) void unsent.laidOver(before.reading).then((reading) => (kept.get(entryId) === before ? keep(entryId, { ...before, reading }) : undefined))
    }
  }

  async function lay(reading: Reading, { id, set }: Laid): Promise<Reading> {
    const { id: entryId, head } = reading.entry
    const own = [...reading.history, ...unsent.of(entryId)].filter((known) => known.deviceId === deviceId)
    // What of the envelope only the chain needs stays empty; of the place in it only the order counts.
    unsent.add({
      v: 1, id, entryId, type: 'correct', base: head, body: { set, unset: [] }, deviceSeq: 1 + Math.max(0, ...own.map((known) => known.change.deviceSeq)), salt: '', recordedAt: instantOf({ now }), appVersion: '',
    })
    const laid = await unsent.laidOver(reading)
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
    unsent,
    preload: (ids) => {
      waiting = ids
      for (let free = atOnce - running.size; free > 0; free -= 1) void work()
    },
    open: (reading) => seen.set(reading.entry.id, reading),
    forget: (id) => {
      kept.delete(id)
      seen.delete(id)
      unsent.forget(id, () => true)
    },
    opened: (id) => seen.get(id) ?? null,
  }
}

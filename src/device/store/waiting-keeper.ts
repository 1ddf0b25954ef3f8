import type { ChangeId, Clock } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isPending } from '#device/store/files.ts'
import { readMeta } from '#device/store/meta.ts'
import { ownAndUnproved, sendable } from '#device/store/outbox.ts'
import type { Waiting } from '#device/store/outbox.ts'
import { createCountTurn, createRowKeeper, noticeAll, onWritten } from '#device/store/row-keeper.ts'
import type { ChangeRow } from '#device/store/rows.ts'
import { createWholeness } from '#device/store/wholeness.ts'

/** What waits, counted anew after each write without reading again what has not changed. */
export interface WaitingKeeper {
  /** As it stands in the caller's transaction over `pendingTables`: one within it would cost a phone as much as four questions. */
  readonly read: () => Promise<Waiting>
  readonly stop: () => void
}

/** So many rows are read beside their receipts, which may tell that they need not be: asked one after the other they take twice as long. */
const fewRows = 20

type Counted = Waiting['changes'][number]

/**
 * With a thousand entries waiting, each saved word and each file that arrived would read all of their words once more, only to be
 * counted, and the browser keeps what it has read until it tidies up. So no more is read than what was written since, and of a change
 * no more is kept than its entry and its length.
 */
export function createWaitingKeeper(db: DeviceDatabase, clock: Clock): WaitingKeeper {
  const files = createRowKeeper(db, db.files, clock)
  const changes = createUnprovedKeeper(db, clock)
  return {
    read: async () => {
      const [pull, rows, counted] = await Promise.all([readMeta(db, 'pull'), files.read(), changes.read()])
      const epoch = pull?.epoch ?? null
      return { changes: counted, files: [...rows.values()].filter((file) => isPending(file, epoch)) }
    },
    stop: () => {
      files.stop()
      changes.stop()
    },
  }
}

interface UnprovedKeeper {
  readonly read: () => Promise<readonly Counted[]>
  readonly stop: () => void
}

function createUnprovedKeeper(db: DeviceDatabase, clock: Clock): UnprovedKeeper {
  const turn = createCountTurn(clock)
  /** Null where the words were erased: it waits for no one and still has its place. */
  let unproved = new Map<ChangeId, Counted | null>()
  const whole = createWholeness()
  const stale = new Set<ChangeId>()
  /** The last place of the chain that was seen. */
  let highest = 0
  /** Own changes and receipts, less what is kept here: where it differs, something was missed. */
  let rest = 0
  const note = (id: ChangeId | null): void => {
    if (id === null) whole.doubt()
    else stale.add(id)
  }
  const ends = [onWritten(db, db.changes, note), onWritten(db, db.receipts, note)]

  function take(ids: readonly ChangeId[], rows: readonly (ChangeRow | undefined)[], into: typeof unproved): void {
    for (const [index, id] of ids.entries()) {
      const row = rows[index]
      if (row?.ownSeq === undefined) into.delete(id)
      else into.set(id, sendable(row).map(({ entryId, bytes, change: { type } }) => ({ entryId, bytes, change: { type } }))[0] ?? null)
    }
  }

  /** How many of them stand behind a place of the chain, as far as they were read. */
  async function takeUnproved(asked: readonly ChangeId[], after = Infinity): Promise<number> {
    const isFew = asked.length <= fewRows
    const [receipts, few] = await Promise.all([db.receipts.bulkGet([...asked]), isFew ? db.changes.bulkGet([...asked]) : []])
    const isOpen = (_: unknown, index: number): boolean => receipts[index] === undefined
    const open = asked.filter(isOpen)
    const rows = isFew ? few : await db.changes.bulkGet(open)
    take(open, isFew ? rows.filter(isOpen) : rows, unproved)
    for (const [index, id] of asked.entries()) {
      if (receipts[index] !== undefined) unproved.delete(id)
      // Not before: another reading that runs meanwhile has to ask for them as well.
      stale.delete(id)
    }
    return rows.filter((row) => (row?.ownSeq ?? 0) > after).length
  }

  async function readWhole(): Promise<void> {
    stale.clear()
    const reading = whole.begin()
    const found: typeof unproved = new Map()
    const { own, receipts, unproved: ids } = await ownAndUnproved(db)
    take(ids, await db.changes.bulkGet([...ids]), found)
    if (!reading.end()) return
    unproved = found
    rest = own - receipts - found.size
    turn.counted()
  }

  async function isMissing(): Promise<boolean> {
    const [own, receipts] = await Promise.all([db.changes.orderBy('ownSeq').count(), db.receipts.count()])
    turn.counted()
    return own - receipts - unproved.size !== rest
  }

  async function read(): Promise<readonly Counted[]> {
    // As in the row keeper: another window's write is told here after the live query has heard of it.
    await Promise.resolve()
    const [told, seen] = [whole.isSure() ? [...stale] : [], highest]
    // All changes and receipts for the live query around it: one that is written without losing its place counts as well.
    const [[lastOwn = 0], newer] = await Promise.all([db.changes.orderBy('ownSeq').reverse().limit(1).keys(), told.length > 0 ? takeUnproved(told, seen) : 0, noticeAll(db.changes), noticeAll(db.receipts)])
    // Saved a moment ago: a reading may see what is told only afterwards.
    if (whole.isSure() && Number(lastOwn) > seen + newer) await takeUnproved(await db.changes.where('ownSeq').above(seen).primaryKeys())
    if (!whole.isSure() || (turn.isDue() && (await isMissing()))) await readWhole()
    highest = Number(lastOwn)
    return [...unproved.values()].filter((change) => change !== null)
  }
  return {
    read: async () => {
      try {
        return await read()
      } catch (error) {
        // It may have come half way.
        whole.doubt()
        throw error
      }
    },
    stop: () => ends.forEach((end) => end()),
  }
}

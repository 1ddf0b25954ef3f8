import type { ChangeId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isPending } from '#device/store/files.ts'
import { readMeta } from '#device/store/meta.ts'
import { pendingTables, sendable, unprovedIds } from '#device/store/outbox.ts'
import type { Waiting } from '#device/store/outbox.ts'
import { createRowKeeper, onWritten } from '#device/store/row-keeper.ts'

/** What waits, counted anew after each write without reading again what has not changed. */
export interface WaitingKeeper {
  /** As it stands in the caller's transaction over `pendingTables`, or in one of its own. */
  readonly read: () => Promise<Waiting>
  readonly stop: () => void
}

type Counted = Waiting['changes'][number]

/**
 * With a thousand entries waiting, each saved word and each file that arrived would read all of their words once more, only to be
 * counted, and the browser keeps what it has read until it tidies up. So no more is read than what was written since, and of a change
 * no more is kept than its entry and its length.
 */
export function createWaitingKeeper(db: DeviceDatabase): WaitingKeeper {
  const files = createRowKeeper(db, db.files)
  const changes = createUnprovedKeeper(db)
  return {
    read: () => db.read(pendingTables(db), async () => {
      const [pull, rows, counted] = await Promise.all([readMeta(db, 'pull'), files.read(), changes.read()])
      const epoch = pull?.epoch ?? null
      return { changes: counted, files: [...rows.values()].filter((file) => isPending(file, epoch)) }
    }),
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

function createUnprovedKeeper(db: DeviceDatabase): UnprovedKeeper {
  /** Null where the words were erased: it waits for no one and still has its place. */
  let unproved = new Map<ChangeId, Counted | null>()
  let isWhole = false
  const stale = new Set<ChangeId>()
  /** The last place of the chain that was seen. */
  let highest = 0
  /** Own changes and receipts, less what is kept here: where it differs, something was missed. */
  let rest = 0
  const note = (id: ChangeId | null): void => {
    if (id === null) isWhole = false
    else stale.add(id)
  }
  const ends = [onWritten(db, db.changes, note), onWritten(db, db.receipts, note)]

  async function take(ids: readonly ChangeId[], into: typeof unproved): Promise<void> {
    const rows = await db.changes.bulkGet([...ids])
    ids.forEach((id, index) => {
      const row = rows[index]
      if (row?.ownSeq === undefined) return into.delete(id)
      highest = Math.max(highest, row.ownSeq)
      return into.set(id, sendable(row).map(({ entryId, bytes, change: { type } }) => ({ entryId, bytes, change: { type } }))[0] ?? null)
    })
  }

  async function takeUnproved(asked: readonly ChangeId[]): Promise<void> {
    const receipts = await db.receipts.bulkGet([...asked])
    for (const [index, id] of asked.entries()) if (receipts[index] !== undefined) unproved.delete(id)
    await take(asked.filter((_, index) => receipts[index] === undefined), unproved)
    // Not before: another reading that runs meanwhile has to ask for them as well.
    for (const id of asked) stale.delete(id)
  }

  async function readWhole(counted: number): Promise<void> {
    stale.clear()
    const found: typeof unproved = new Map()
    highest = 0
    await take(await unprovedIds(db), found)
    unproved = found
    rest = counted - found.size
    isWhole = true
  }

  async function read(): Promise<readonly Counted[]> {
    // All changes for the live query around it: one that is written without losing its place counts as well.
    const [own, proved] = await Promise.all([db.changes.orderBy('ownSeq').count(), db.receipts.count(), db.changes.count()])
    const counted = own - proved
    if (isWhole && stale.size > 0) await takeUnproved([...stale])
    // Saved a moment ago: a reading may see what is told only afterwards.
    if (isWhole && counted - unproved.size !== rest) await takeUnproved(await db.changes.where('ownSeq').above(highest).primaryKeys())
    if (!isWhole || counted - unproved.size !== rest) await readWhole(counted)
    return [...unproved.values()].filter((change) => change !== null)
  }
  return {
    read: async () => {
      try {
        return await read()
      } catch (error) {
        // It may have come half way.
        isWhole = false
        throw error
      }
    },
    stop: () => ends.forEach((end) => end()),
  }
}

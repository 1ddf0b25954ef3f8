import type { ChangeId, EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isPending } from '#device/store/files.ts'
import { readMeta } from '#device/store/meta.ts'
import type { ChangeRow, FileRow } from '#device/store/rows.ts'

/** An own change whose words are still here. */
export type SendableRow = ChangeRow & { readonly ownSeq: number; readonly change: NonNullable<ChangeRow['change']> }

/** What the server has not proved to hold. */
export interface Pending extends Waiting {
  /** In the order of the chain, but for what has another turn. */
  readonly changes: readonly SendableRow[]
}

/** As much of it as is counted. */
export interface Waiting {
  readonly changes: readonly (Pick<SendableRow, 'entryId' | 'bytes'> & { readonly change: Pick<SendableRow['change'], 'type'> })[]
  readonly files: readonly FileRow[]
}

/**
 * The outbox is no list of its own that could be forgotten: it is every own change without a receipt, found by the keys.
 */
export function readPending(db: DeviceDatabase): Promise<Pending> {
  return db.read(pendingTables(db), async () => {
    const epoch = (await readMeta(db, 'pull'))?.epoch ?? null
    const { unproved } = await ownAndUnproved(db)
    const rows = await db.changes.bulkGet([...unproved])
    const files = await db.files.toArray()
    return { changes: rows.flatMap(sendable).sort((one, other) => turnOf(one) - turnOf(other)), files: files.filter((file) => isPending(file, epoch)) }
  })
}

export function turnOf({ turn, ownSeq }: Pick<ChangeRow, 'turn' | 'ownSeq'>): number {
  return turn ?? ownSeq ?? Number.MAX_SAFE_INTEGER
}

/** Own changes without a receipt, in the order of the chain, and how many own changes and receipts there are; inside the caller's transaction. */
export async function ownAndUnproved(db: DeviceDatabase): Promise<{ readonly own: number; readonly receipts: number; readonly unproved: readonly ChangeId[] }> {
  const [ownKeys, receipts] = await Promise.all([db.changes.orderBy('ownSeq').primaryKeys(), db.receipts.toCollection().primaryKeys()])
  const proved = new Set<ChangeId>(receipts)
  return { own: ownKeys.length, receipts: receipts.length, unproved: ownKeys.filter((id) => !proved.has(id)) }
}

/** The tables that `readPending` needs, in whatever transaction it stands. */
export const pendingTables = (db: DeviceDatabase) => [db.meta, db.changes, db.receipts, db.files] as const

export function pendingBytes({ changes, files }: Waiting): number {
  return [...changes, ...files].reduce((sum, { bytes }) => sum + bytes, 0)
}

export function pendingEntryIds({ changes, files }: Waiting): ReadonlySet<EntryId> {
  return new Set([...changes, ...files].map(({ entryId }) => entryId))
}

/** The first changes of the outbox that follow each other without a gap, as many as one request may carry. */
export function nextRun(changes: readonly SendableRow[], { maxChanges, maxBytes }: { readonly maxChanges: number; readonly maxBytes: number }): readonly SendableRow[] {
  const run: SendableRow[] = []
  let bytes = 0
  for (const row of changes.filter(({ alarm }) => alarm === undefined)) {
    const last = run.at(-1)
    const follows = last === undefined || row.ownSeq === last.ownSeq + 1
    if (!follows || run.length >= maxChanges || (last !== undefined && bytes + row.bytes > maxBytes)) break
    run.push(row)
    bytes += row.bytes
  }
  return run
}

export function sendable(row: ChangeRow | undefined): readonly SendableRow[] {
  if (row === undefined || row.ownSeq === undefined || row.change === null) return []
  return [{ ...row, ownSeq: row.ownSeq, change: row.change }]
}

import type { SentDecision } from '#device/held-decisions.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'

/**
 * Decisions that went out, and of each whether it still lies in the outbox. In a transaction of the caller's that has `sentTables`: to a list that
 * was asked for meanwhile, in this window or another, such an entry stands as if nobody had decided on it.
 */
export async function readSent(db: DeviceDatabase): Promise<readonly SentDecision[]> {
  const sent = (await readMeta(db, 'sent')) ?? []
  const receipts = await db.receipts.bulkGet(sent.map(({ id }) => id))
  // Of a day's decisions most have arrived.
  const unproved = await db.changes.bulkGet(sent.filter((_, index) => receipts[index] === undefined).map(({ id }) => id))
  const waiting = new Set(unproved.map((row) => row?.id))
  return sent.map((one) => (waiting.has(one.id) ? { ...one, isWaiting: true } : one))
}

export const sentTables = (db: DeviceDatabase) => [db.meta, db.changes, db.receipts] as const

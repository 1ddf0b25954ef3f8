import type { SentDecision } from '#device/held-decisions.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'

/**
 * Decisions that went out, and of each whether it still lies in the outbox. In a transaction of the caller's that has `sentTables`: to a list that
 * was asked for meanwhile, in this window or another, such an entry stands as if nobody had decided on it.
 */
export async function readSent(db: DeviceDatabase): Promise<readonly SentDecision[]> {
  const sent = (await readMeta(db, 'sent')) ?? []
  const ids = sent.map(({ id }) => id)
  const [there, receipts] = await Promise.all([db.changes.where(':id').anyOf(ids).primaryKeys(), db.receipts.bulkGet(ids)])
  const kept = new Set(there)
  return sent.map((one, index) => (kept.has(one.id) && receipts[index] === undefined ? { ...one, isWaiting: true } : one))
}

export const sentTables = (db: DeviceDatabase) => [db.meta, db.changes, db.receipts] as const

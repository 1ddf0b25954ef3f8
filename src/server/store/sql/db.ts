import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '#server/store/sql/schema.ts'

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

/**
 * Several reads that see one and the same state. SQLite's transactions always do and ignore the level; PostgreSQL would
 * otherwise look anew at each statement, and a pull could tell of a head whose changes it has not read.
 */
export function readTogether<Result>(db: Db, read: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
}

import type { DatabaseConnection, Kysely, Transaction } from 'kysely'
import type { Tables } from '#server/store/sql/schema.ts'

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

/** A transaction to which questions are put without waiting for one another's answers. */
export interface Abreast {
  readonly tx: Tx
  readonly connection: DatabaseConnection
}

/** Whatever a kept query can be put to. */
export type Asked = Db | Tx | Abreast

/**
 * Kept queries (`kept-query.ts`) that are put to this without a pause between them are answered in the order in which they were put, and by PostgreSQL in one
 * round trip; Kysely would hand over each behind the answer to the one before. Each sees what the one before has done or waited for. Of no use behind the
 * end of its transaction: the connection is somebody else's then.
 */
export async function abreast(tx: Tx): Promise<Abreast> {
  return { tx, connection: await tx.getExecutor().provideConnection((connection) => Promise.resolve(connection)) }
}

/**
 * Several reads that see one and the same state. SQLite's transactions always do and ignore the level; PostgreSQL would
 * otherwise look anew at each statement, and a pull could tell of a head whose changes it has not read.
 */
export function readTogether<Result>(db: Db, read: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
}

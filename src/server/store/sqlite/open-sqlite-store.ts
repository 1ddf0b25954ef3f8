import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { Kysely } from 'kysely'
import type { Chance, Clock } from '#domain/ids.ts'
import { createUuid, instantOf } from '#domain/new-ids.ts'
import { Advice } from '#server/advice.ts'
import { migrate } from '#server/store/migrations/migrate.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Housekeeping } from '#server/store/sql/erasures.ts'
import type { Tx } from '#server/store/sql/db.ts'
import { renewProjection } from '#server/store/sql/rebuild.ts'
import { createSqlStore } from '#server/store/sql/sql-store.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import { findWordsInSqlite } from '#server/store/sqlite/find-words.ts'
import { ofFile } from '#server/store/sqlite/of-file.ts'
import type { Store } from '#server/store/store.ts'

const synchronousFull = 2

/** The log is taken over into the file every 16 MB and not every 4: most of its pages are the same few, which are then written once (`store/README.md`). */
const logBytes = 16_000_000

/**
 * A statement of several rows keeps the pages that it changes until it is done, and SQLite would write them into a file. Said behind migrations and a new projection, which
 * sort more than fits; of what is sorted afterwards the ids of all entries are the most.
 */
const journalsInMemory = 'pragma temp_store = memory'

/** A transaction on SQLite goes on without a pause from its first statement to its commit: whoever has come meanwhile is heard only when the process looks at its sockets again. */
const nextTurn = async (): Promise<void> => {
  await setImmediate()
}

/** Opens (and makes, and migrates) the store in one SQLite file. Refuses to start when SQLite does not promise durability. */
export async function openSqliteStore({ path, clock, chance }: { readonly path: string; readonly clock: Clock; readonly chance: Chance }): Promise<Store> {
  mkdirSync(dirname(path), { recursive: true })
  const database = openDatabase(path)
  const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(database, path) })
  await migrate(db, instantOf(clock))
  await renewProjection(db)
  await db.insertInto('meta').values({ key: 'epoch', value: createUuid(clock, chance) }).onConflict((oc) => oc.column('key').doNothing()).execute()
  database.exec(journalsInMemory)
  return createSqlStore(db, { find: findWordsInSqlite, housekeeping: housekeepingOf(database), snapshot: path === ':memory:' ? undefined : (read) => readBeside(path, read), gather: nextTurn })
}

/**
 * `secure_delete` overwrites in the file, but SQLite's log still holds the pages as they were until it is emptied. Nobody is waited for: while a
 * backup reads or another request writes, the log stays, and the next round empties it.
 */
function housekeepingOf(database: DatabaseSync): Housekeeping {
  const settle = (): Promise<void> => {
    database.exec('pragma busy_timeout = 0')
    try {
      database.exec('pragma wal_checkpoint(truncate)')
    } catch (error) {
      // Another request is in the middle of its transaction on this very connection.
      if (!isLocked(error)) throw error
    } finally {
      database.exec('pragma busy_timeout = 5000')
    }
    return Promise.resolve()
  }
  return {
    settle,
    learn: () => Promise.resolve(),
    learnInPassing: () => Promise.resolve(),
    compact: () => {
      // In memory it would be the whole database.
      database.exec(`pragma temp_store = default; vacuum; ${journalsInMemory}`)
      return settle()
    },
  }
}

/** SQLITE_LOCKED, as `node:sqlite` tells it. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'errcode') === 6
}

/** On a connection of its own: a dump takes its time, and on the only connection everybody would wait for it. */
async function readBeside<Result>(path: string, read: (tx: Tx) => Promise<Result>): Promise<Result> {
  const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(path), path) })
  try {
    return await readTogether(db, read)
  } finally {
    await db.destroy()
  }
}

/** A connection as the store needs it, its promises read back: a pragma that is not understood is silently ignored. */
export function openDatabase(path: string): DatabaseSync {
  try {
    return openPromised(path)
  } catch (error) {
    throw ofFile(path, error)
  }
}

function openPromised(path: string): DatabaseSync {
  const database = new DatabaseSync(path)
  // Foreign keys are on by default in node:sqlite; said here because the schema relies on them. secure_delete: what is erased is overwritten. A push changes a little on each of
  // many pages, so a new file has pages of half the usual size; one that is there keeps its own (`store/README.md`).
  database.exec('pragma busy_timeout = 5000; pragma page_size = 2048; pragma cache_size = -4000; pragma journal_mode = WAL; pragma synchronous = FULL; pragma foreign_keys = ON; pragma secure_delete = ON')
  database.exec(`pragma wal_autocheckpoint = ${Math.round(logBytes / Number(answerTo(database, 'page_size')))}`)
  const isMemory = path === ':memory:'
  const promises = { journal_mode: isMemory ? 'memory' : 'wal', synchronous: synchronousFull, foreign_keys: 1, secure_delete: 1 } as const
  for (const [pragma, wanted] of Object.entries(promises)) {
    const actual = answerTo(database, pragma)
    if (actual === wanted) continue
    database.close()
    throw new Advice(`SQLite answers ${pragma} = ${String(actual)} where ${String(wanted)} is needed; the data would not be safe.`)
  }
  return database
}

function answerTo(database: DatabaseSync, pragma: string): unknown {
  return Object.values(database.prepare(`pragma ${pragma}`).get() ?? {})[0]
}

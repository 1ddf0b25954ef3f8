import { Kysely, sql } from 'kysely'
import type { Chance, Clock } from '#domain/ids.ts'
import { createUuid, instantOf } from '#domain/new-ids.ts'
import { Advice } from '#server/advice.ts'
import { migrate, migrations } from '#server/store/migrations/migrate.ts'
import { createPostgresDialect } from '#server/store/postgres/dialect.ts'
import { findWordsInPostgres } from '#server/store/postgres/find-words.ts'
import { migrationGround } from '#server/store/postgres/migration-ground.ts'
import { refuseLentSessions } from '#server/store/postgres/own-sessions.ts'
import { createPool } from '#server/store/postgres/pool.ts'
import { renewProjection } from '#server/store/sql/rebuild.ts'
import type { Housekeeping } from '#server/store/sql/erasures.ts'
import { createSqlStore } from '#server/store/sql/sql-store.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import type { Store } from '#server/store/store.ts'
import { whyShutOut } from '#server/store/shut-out.ts'
import { isUnavailable } from '#server/store/unavailable.ts'

interface Ground {
  readonly url: string
  readonly clock: Clock
  readonly chance: Chance
}

/** Opens (and migrates) the store in a PostgreSQL database, which any number of processes may share. Refuses one that does not promise durability, or whose sessions are not ours alone. */
export async function openPostgresStore({ url, clock, chance }: Ground): Promise<Store> {
  const db = openPostgres(url)
  try {
    await refuseLentSessions(db)
    await migrate(db, instantOf(clock), migrations, migrationGround)
    await renewProjection(db)
    await db.insertInto('meta').values({ key: 'epoch', value: createUuid(clock, chance) }).onConflict((oc) => oc.column('key').doNothing()).execute()
    return createSqlStore(db, { find: findWordsInPostgres, housekeeping: housekeepingOf(db) })
  } catch (error) {
    await db.destroy()
    throw reachable(error, url)
  }
}

/** What was overwritten stands in dead rows until a vacuum, and in their pages until those are written anew. Its log is not ours to empty. */
function housekeepingOf(db: Kysely<Tables>): Housekeeping {
  return {
    // PostgreSQL would count by itself only a minute later, and until then choose its ways as if there were nothing.
    learn: async (tx) => {
      await sql`analyze`.execute(tx)
    },
    // Who tidies a table for long must not keep a push waiting.
    learnInPassing: async (one) => {
      await sql`analyze (skip_locked) changes, links, seals, entries, entry_words`.execute(one)
    },
    settle: () => Promise.resolve(),
    compact: async () => {
      await sql`vacuum (full)`.execute(db)
    },
  }
}

/** Kysely over a pool whose every connection has been asked for its promises. */
export function openPostgres(url: string): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: createPostgresDialect(createPool(url)) })
}

const connectionCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there', ENOTFOUND: 'its host is not known', ETIMEDOUT: 'it does not answer in time', ECONNRESET: 'it ended the connection',
  EAI_AGAIN: 'its host cannot be looked up now', EHOSTUNREACH: 'no way leads to its host', ENETUNREACH: 'no way leads to its host',
  '42501': 'this user may not make tables there', '57P01': 'it ended the connection', '57P02': 'it ended the connection',
  '53100': 'its disk is full', '53200': 'its memory is full', '53300': 'it has too many connections already', '57P03': 'it is starting or stopping, so try again in a minute',
  '25006': 'it may only be read, as a standby may, or one whose host has shut it because its disk is nearly full',
}

/** What an operator can mend is said in a sentence; the password is never repeated. */
function reachable(error: unknown, url: string): unknown {
  if (error instanceof Advice) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why = connectionCodes[code] ?? whyShutOut(error) ?? withoutCode(error)
  return why === undefined ? error : new Advice(`The PostgreSQL of DATABASE_URL (${URL.parse(url)?.host ?? 'no host'}) cannot be used: ${why}.`, { cause: error })
}

/** The driver ends a connection that it waits for in vain with words alone. */
function withoutCode(error: unknown): string | undefined {
  if (!isUnavailable(error)) return undefined
  return connectionCodes[String(error).includes('unexpectedly') ? 'ECONNRESET' : 'ETIMEDOUT']
}

import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { Advice } from '#server/advice.ts'
import { firstMigration } from '#server/store/migrations/0001-first.ts'
import { backupMigration } from '#server/store/migrations/0003-backup.ts'
import { rotatedFromMigration } from '#server/store/migrations/0004-rotated-from.ts'
import { settlementsMigration } from '#server/store/migrations/0005-settlements.ts'
import { uploadLocksMigration } from '#server/store/migrations/0006-upload-locks.ts'
import { rateLimitsMigration } from '#server/store/migrations/0007-rate-limits.ts'
import { encryptionKeyMigration } from '#server/store/migrations/0008-encryption-key.ts'
import { movingMigration } from '#server/store/migrations/0009-moving.ts'
import { deskMigration } from '#server/store/migrations/0011-desk.ts'
import { campaignChangesMigration } from '#server/store/migrations/0012-campaign-changes.ts'
import { entryLinksMigration } from '#server/store/migrations/0013-entry-links.ts'
import { entriesApartMigration } from '#server/store/migrations/0015-entries-apart.ts'
import { entryOrgMigration } from '#server/store/migrations/0016-entry-org.ts'
import { actsMigration } from '#server/store/migrations/0020-acts.ts'
import { assignmentsMigration } from '#server/store/migrations/0021-assignments.ts'
import { secondReadingMigration } from '#server/store/migrations/0022-second-reading.ts'
import { reportsMigration } from '#server/store/migrations/0023-reports.ts'
import { handedOverMigration } from '#server/store/migrations/0024-handed-over.ts'
import { erasedMigration } from '#server/store/migrations/0025-erased.ts'
import { vouchedMigration } from '#server/store/migrations/0026-vouched.ts'
import { sessionUseMigration } from '#server/store/migrations/0027-session-use.ts'
import { asideSinceMigration } from '#server/store/migrations/0028-aside-since.ts'
import { wordsApartMigration } from '#server/store/migrations/0029-words-apart.ts'
import { actEntriesMigration } from '#server/store/migrations/0030-act-entries.ts'
import { wholeChainsMigration } from '#server/store/migrations/0031-whole-chains.ts'
import { originalsMigration } from '#server/store/migrations/0032-originals.ts'
import { publishIdsMigration } from '#server/store/migrations/0033-publish-ids.ts'
import { orphansMigration } from '#server/store/migrations/0035-orphans.ts'
import { countedMigration } from '#server/store/migrations/0036-counted.ts'
import { disclosedMigration } from '#server/store/migrations/0037-disclosed.ts'
import { fewerPagesMigration } from '#server/store/migrations/0038-fewer-pages.ts'
import { wordsInTurnMigration } from '#server/store/migrations/0039-words-in-turn.ts'
import { wordsAtOnceMigration } from '#server/store/migrations/0040-words-at-once.ts'
import { erasedReasonsMigration } from '#server/store/migrations/0041-erased-reasons.ts'
import { wordsLaterMigration } from '#server/store/migrations/0042-words-later.ts'
import { namesGoneMigration } from '#server/store/migrations/0043-names-gone.ts'
import { regionNamesMigration } from '#server/store/migrations/0044-region-names.ts'
import type { Tx } from '#server/store/sql/db.ts'
import type { Tables } from '#server/store/sql/schema.ts'

export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
  /** What only one of the databases needs, behind the statements for both. */
  readonly only?: Readonly<Record<'sqlite' | 'postgres', readonly string[]>>
}

/** In the order in which they run. Forward only: there is no way back but a backup. */
export const migrations: readonly Migration[] = [firstMigration, backupMigration, rotatedFromMigration, settlementsMigration, uploadLocksMigration, rateLimitsMigration, encryptionKeyMigration, movingMigration, deskMigration, campaignChangesMigration, entryLinksMigration, entriesApartMigration, entryOrgMigration, actsMigration, assignmentsMigration, secondReadingMigration, reportsMigration, handedOverMigration, erasedMigration, vouchedMigration, sessionUseMigration, asideSinceMigration, wordsApartMigration, actEntriesMigration, wholeChainsMigration, originalsMigration, publishIdsMigration, orphansMigration, countedMigration, disclosedMigration, fewerPagesMigration, wordsInTurnMigration, wordsAtOnceMigration, erasedReasonsMigration, wordsLaterMigration, namesGoneMigration, regionNamesMigration]

type MigrationTables = { readonly migrations: { readonly name: string; readonly applied_at: string } }

/** What a database needs around each migration, inside its transaction. SQLite needs nothing: a writer begins with the lock. */
export interface MigrationGround {
  readonly database: 'sqlite' | 'postgres'
  /** Keeps every other process that wants to migrate waiting until the commit. */
  readonly lock: (tx: Tx) => Promise<void>
  readonly finish: (tx: Tx) => Promise<void>
}

const nothingAround: MigrationGround = { database: 'sqlite', lock: () => Promise.resolve(), finish: () => Promise.resolve() }

/**
 * Brings the schema up to date, each migration in a transaction of its own, a new database in one; a database from a newer Terrain is refused.
 * Any number of processes may start at once: what has been applied is read under the lock.
 */
export async function migrate(db: Kysely<Tables>, at: string, list: readonly Migration[] = migrations, ground: MigrationGround = nothingAround): Promise<void> {
  const locked = <Result>(run: (tx: Tx) => Promise<Result>): Promise<Result> => db.transaction().execute(async (tx) => {
    await ground.lock(tx)
    return run(tx)
  })
  const apply = async (tx: Tx, { name, statements, only }: Migration): Promise<void> => {
    for (const statement of [...statements, ...(only?.[ground.database] ?? [])]) await sql.raw(statement).execute(tx)
    await ground.finish(tx)
    await tx.withTables<MigrationTables>().insertInto('migrations').values({ name, applied_at: at }).execute()
  }
  const applied = await locked(async (tx) => {
    await sql`create table if not exists migrations (name text not null primary key, applied_at text not null)`.execute(tx)
    const names = await appliedNames(tx)
    if (names.size > 0) return names
    // A new database, which each backup makes to be verified in as well: all at once, and the disk is waited for once and not forty times.
    for (const migration of list) await apply(tx, migration)
    return new Set(list.map(({ name }) => name))
  })
  const unknown = [...applied].find((name) => !list.some((migration) => migration.name === name))
  if (unknown !== undefined) throw new Advice(`The database was written by a newer Terrain (migration ${unknown}). Start that version, or restore a backup.`)
  for (const migration of list.filter(({ name }) => !applied.has(name))) {
    await locked(async (tx) => {
      // Another process may have been first since the names were read.
      if (!(await appliedNames(tx)).has(migration.name)) await apply(tx, migration)
    })
  }
}

async function appliedNames(tx: Tx): Promise<ReadonlySet<string>> {
  return new Set((await tx.withTables<MigrationTables>().selectFrom('migrations').select('name').execute()).map(({ name }) => name))
}

import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { firstMigration } from '#server/store/migrations/0001-first.ts'
import type { Tables } from '#server/store/sql/schema.ts'

export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}

/** In the order in which they run. Forward only: there is no way back but a backup. */
export const migrations: readonly Migration[] = [firstMigration]

type MigrationTables = { readonly migrations: { readonly name: string; readonly applied_at: string } }

/** Brings the schema up to date, each migration in a transaction of its own; a database from a newer Terrain is refused. */
export async function migrate(db: Kysely<Tables>, at: string, list: readonly Migration[] = migrations): Promise<void> {
  const own = db.withTables<MigrationTables>()
  await sql`create table if not exists migrations (name text not null primary key, applied_at text not null)`.execute(own)
  const applied = new Set((await own.selectFrom('migrations').select('name').execute()).map(({ name }) => name))
  const unknown = [...applied].find((name) => !list.some((migration) => migration.name === name))
  if (unknown !== undefined) throw new Error(`The database was written by a newer Terrain (migration ${unknown}). Start that version, or restore a backup.`)
  for (const migration of list.filter(({ name }) => !applied.has(name))) {
    await own.transaction().execute(async (tx) => {
      for (const statement of migration.statements) await sql.raw(statement).execute(tx)
      await tx.insertInto('migrations').values({ name: migration.name, applied_at: at }).execute()
    })
  }
}

import { sql } from 'kysely'
import type { MigrationGround } from '#server/store/migrations/migrate.ts'
import type { Tx } from '#server/store/sql/db.ts'

/** Any number that nobody else uses on this database: "Terrain" in a byte a letter. */
const migrationLock = 0x5465_7272_6169n

/** Held until the commit, and gone with its connection: through a pooler too, which a session's lock would not survive. */
export const migrationGround: MigrationGround = {
  database: 'postgres',
  lock: waitForLock,
  finish: sortByBytes,
}

async function waitForLock(tx: Tx): Promise<void> {
  // Another process may need long for its migration; that is no reason to give up.
  await sql`select set_config('lock_timeout', '0', true)`.execute(tx)
  await sql`select pg_advisory_xact_lock(${migrationLock.toString()}::bigint)`.execute(tx)
}

interface TextColumn {
  readonly table_name: string
  readonly column_name: string
}

/**
 * Text is sorted and compared by its bytes, as SQLite does, whatever language the database was made for: an order that
 * differs would page differently, and one that an update of the system changes breaks indexes.
 */
async function sortByBytes(tx: Tx): Promise<void> {
  const { rows } = await sql<TextColumn>`
    select c.relname as table_name, a.attname as column_name from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'text'::regtype and a.attcollation <> '"C"'::regcollation
    order by c.relname, a.attnum`.execute(tx)
  const columnsByTable = new Map<string, string[]>()
  for (const { table_name: table, column_name: column } of rows) columnsByTable.set(table, [...(columnsByTable.get(table) ?? []), column])
  for (const [table, columns] of columnsByTable) {
    const alterations = columns.map((column) => sql`alter column ${sql.ref(column)} type text collate "C"`)
    await sql`alter table ${sql.table(table)} ${sql.join(alterations)}`.execute(tx)
  }
}

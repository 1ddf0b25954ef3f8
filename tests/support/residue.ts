import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Sha256 } from '#domain/ids.ts'
import type { ServerContext } from '#server/context.ts'
import { openedInert } from '#server/files/inert-shelf.ts'
import { openPostgres } from '#server/store/postgres/open-postgres-store.ts'

/** Where something still stands: names of files, and of tables. Files are read byte for byte, packed ones as what is in them, SQLite's with its log. */
export async function residueOf(context: Pick<ServerContext, 'config'>, words: readonly string[]): Promise<readonly string[]> {
  const { dataDir, databaseUrl } = context.config
  return [...residueIn(dataDir, words), ...(databaseUrl === undefined ? [] : await residueInTables(databaseUrl, words))]
}

/** The name of a file counts as well: it may be the hash of a photo. */
export function residueIn(folder: string, words: readonly string[]): readonly string[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name)
    const raw = readFileSync(path)
    // What was received lies there under its own name as a key.
    const bytes = Buffer.concat([Buffer.from(path), entry.name.endsWith('.gz') ? gunzipSync(raw) : openedInert('received', { sha256: entry.name as Sha256 }, raw)])
    return words.filter((word) => bytes.includes(word)).map((word) => `${entry.name}: ${word}`)
  })
}

/** Every row of every table, as text: what a dump of the database would hold; and the samples of them that its planner keeps, which are taken anew behind that, as happens from time to time. */
async function residueInTables(url: string, words: readonly string[]): Promise<readonly string[]> {
  const db = openPostgres(url)
  try {
    const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db)
    const found: string[] = []
    for (const { name } of [...tables, { name: 'pg_stats' }]) {
      const { rows } = await sql<{ text: string }>`select row_to_json(t)::text as text from ${sql.table(name)} t`.execute(db)
      const all = rows.map(({ text }) => text).join('\n')
      found.push(...words.filter((word) => all.includes(word)).map((word) => `${name}: ${word}`))
    }
    await sql`analyze`.execute(db)
    return found
  } finally {
    await db.destroy()
  }
}

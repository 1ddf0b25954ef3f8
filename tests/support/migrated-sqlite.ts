import { rmSync } from 'node:fs'
import { constants, copyFile, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { Kysely } from 'kysely'
import { migrate } from '#server/store/migrations/migrate.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import { openDatabase } from '#server/store/sqlite/open-sqlite-store.ts'
import type { Tables } from '#server/store/sql/schema.ts'

let made: Promise<string> | null = null

/**
 * Puts the tables that a server makes at its first start where it will look for them: some forty migrations take longer than many a test, and there are
 * thousands of first starts. Those of a first start as it is are in the tests of the stores.
 */
export async function placeTables(dataDir: string): Promise<void> {
  made ??= make()
  await mkdir(dataDir, { recursive: true })
  await copyFile(await made, join(dataDir, 'terrain.db'), constants.COPYFILE_EXCL)
}

async function make(): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'terrain-tables-')), 'terrain.db')
  process.once('exit', () => rmSync(dirname(path), { recursive: true, force: true }))
  const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(path)) })
  await migrate(db, '2026-03-01T08:00:00.000Z')
  await db.destroy()
  return path
}

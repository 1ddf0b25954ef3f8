import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Kysely, sql } from 'kysely'
import { migrate, migrations } from '#server/store/migrations/migrate.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import { openDatabase, openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

/** What a database held when its release wrote it: an entry in each state, a quarantined change, an erased one. Never edited. */
const released = readdirSync(new URL('released/', import.meta.url)).map((file) => ({
  name: file.replace(/\.ndjson$/, ''),
  rows: readFileSync(new URL(`released/${file}`, import.meta.url), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { readonly table: string; readonly row: Readonly<Record<string, string | number | null>> }),
}))

describe('a database of a released version', () => {
  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'terrain-released-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  it('[ST25] there is one for the first migration, and each names a migration', () => {
    expect(released.map(({ name }) => name)).toContain(migrations[0]?.name)
    expect(released.filter(({ name }) => !migrations.some((migration) => migration.name === name))).toEqual([])
  })

  it.each(released)('[ST25] $name is brought up to date with every change, proof and projection as it was', async ({ name, rows }) => {
    const path = join(dir, 'terrain.db')
    await writeOld(path, name, rows)
    const store = await openSqliteStore({ path, clock: steppedClock(), chance: seededChance('new') })
    const [campaign] = await store.campaigns.list()
    if (campaign === undefined) throw new Error('the campaign is gone')
    const changes = await store.changes.scan(campaign.id, 0, 1000)
    const old = rows.filter(({ table }) => table === 'changes').map(({ row }) => [row['seq'], row['id'], row['text']])
    expect(changes.map(({ seq, id, text }) => [seq, id, text])).toEqual(old)
    expect(await verifyCampaign(store, campaign.id)).toMatchObject({ faults: [] })
    expect((await store.entries.rebuild(campaign.id)).differing).toEqual([])
    expect(await store.epoch()).toBe(rows.find(({ table, row }) => table === 'meta' && row['key'] === 'epoch')?.row['value'])
    await store.close()
  })
})

async function writeOld(path: string, name: string, rows: (typeof released)[number]['rows']): Promise<void> {
  const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(path)) })
  await migrate(db, '2026-03-01T08:00:00.000Z', migrations.slice(0, migrations.findIndex((migration) => migration.name === name) + 1))
  for (const { table, row } of rows) {
    const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)))
    await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(db)
  }
  await db.destroy()
}

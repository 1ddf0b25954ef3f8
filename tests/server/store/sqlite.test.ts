import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate, migrations } from '#server/store/migrations/migrate.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import { openDatabase, openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'
import { aChallenge } from '../../support/contents.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { openSqliteInFolder } from '../../support/contracts/stores.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

describe('the store in one SQLite file', () => {
  let opened: Awaited<ReturnType<typeof openSqliteInFolder>>
  beforeEach(async () => {
    opened = await openSqliteInFolder()
  })
  afterEach(() => opened.remove())

  it('[ST21] every connection writes ahead and waits for the disk', () => {
    const database = openDatabase(opened.path)
    const pragma = (name: string) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys'), pragma('busy_timeout'), pragma('secure_delete')]).toEqual(['wal', 2, 1, 5000, 1])
    database.close()
  })

  it('[ST22] migrations run once each, and a database of a newer Terrain is refused', async () => {
    const ground = { path: opened.path, clock: steppedClock(), chance: seededChance('again') }
    await (await openSqliteStore(ground)).close()
    const database = new DatabaseSync(opened.path)
    expect(database.prepare('select name from migrations').all()).toEqual(migrations.map(({ name }) => ({ name })))
    database.exec(`insert into migrations values ('9999-later', '2030-01-01')`)
    database.close()
    await expect(openSqliteStore(ground)).rejects.toThrow('newer Terrain')
  })

  it('[ST22] a migration that fails leaves the schema as it was', async () => {
    const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(':memory:')) })
    const faulty = { name: '0002-faulty', statements: ['create table half (id text)', 'create nonsense'] }
    const standing = async (): Promise<readonly string[]> => (await sql<{ name: string }>`select name from sqlite_master order by name`.execute(db)).rows.map(({ name }) => name)
    // A new database is made in one piece.
    await expect(migrate(db, 'now', [...migrations, faulty])).rejects.toThrow()
    expect(await standing()).toEqual([])
    // Of one that holds something, what went well before stays.
    await migrate(db, 'now', migrations.slice(0, -2))
    const before = await standing()
    await expect(migrate(db, 'then', [...migrations.slice(0, -1), faulty])).rejects.toThrow()
    expect(await standing()).not.toContain('half')
    expect(await sql<{ name: string; at: string }>`select name, applied_at as at from migrations where applied_at = 'then'`.execute(db)).toMatchObject({ rows: [{ name: migrations.at(-2)?.name }] })
    expect(before).toContain('migrations')
    await db.destroy()
  })

  it('[ST200] no limit is bound as it stands, and rows have the names of their columns', async () => {
    const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(':memory:')) })
    await migrate(db, 'now')
    await db.insertInto('meta').values(['a', 'b', 'c'].map((key) => ({ key, value: key.toUpperCase() }))).execute()
    const page = db.selectFrom('meta').selectAll().where('key', '<', 'd').orderBy('key').limit(2).offset(1)
    expect(page.compile().sql).toContain('limit ? + 0 offset ? + 0')
    const rows = [{ key: 'b', value: 'B' }, { key: 'c', value: 'C' }]
    expect(await page.execute()).toEqual(rows)
    const streamed: unknown[] = []
    for await (const row of page.stream()) streamed.push(row)
    expect(streamed).toEqual(rows)
    expect(await db.selectFrom('meta').select((eb) => eb.fn.countAll().as('all')).where('key', '<', 'd').execute()).toEqual([{ all: 3 }])
    await db.destroy()
  })

  it('[ST23] transactions that wait in the middle never interleave', async () => {
    const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(':memory:')) })
    await migrate(db, 'now')
    await db.insertInto('meta').values({ key: 'n', value: '0' }).execute()
    await Promise.all(Array.from({ length: 30 }, () => db.transaction().execute(async (tx) => {
      const { value } = await tx.selectFrom('meta').select('value').where('key', '=', 'n').executeTakeFirstOrThrow()
      await new Promise((resolve) => setTimeout(resolve, 1))
      await tx.updateTable('meta').set({ value: String(Number(value) + 1) }).where('key', '=', 'n').execute()
    })))
    expect(await db.selectFrom('meta').select('value').where('key', '=', 'n').executeTakeFirst()).toEqual({ value: '30' })
    await db.destroy()
  })

  it('[ST9] a projection that was altered is found and mended', async () => {
    const campaign = await CampaignOnStore.create(opened.store)
    const author = await campaign.join('volunteer')
    const records = [author.record(), author.record(aChallenge({ severity: 5 }))]
    await author.push(...records)
    const before = await opened.store.entries.row(campaign.campaign.id, records[0]?.entryId as never)
    const database = openDatabase(opened.path)
    database.prepare(`update entries set topic = 'HEA', row = '{}' where id = ?`).run(records[0]?.entryId ?? '')
    database.close()
    expect(await opened.store.entries.rebuild(campaign.campaign.id)).toEqual({ entries: 2, differing: [records[0]?.entryId] })
    expect(await opened.store.entries.row(campaign.campaign.id, records[0]?.entryId as never)).toEqual(before)
    expect((await opened.store.entries.rebuild(campaign.campaign.id)).differing).toEqual([])
  })
})

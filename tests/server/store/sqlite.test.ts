import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { migrate, migrations } from '#server/store/migrations/migrate.ts'
import { instantOf } from '#domain/new-ids.ts'
import { keptNote } from '#server/store/sql/kept-query.ts'
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

  it('[ST850] only what is told again before long does not wait for the disk, and only by itself', async () => {
    const database = openDatabase(opened.path)
    const safety = () => String(Object.values(database.prepare('pragma synchronous').get() ?? {})[0])
    database.function('safety', safety)
    const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(database) })
    const note = keptNote((asked, key: string) => asked.insertInto('meta').values({ key, value: sql`safety()` }))
    await note(db, 'alone')
    await db.transaction().execute((tx) => note(tx, 'within'))
    await db.insertInto('meta').values({ key: 'other', value: sql`safety()` }).execute()
    expect(await db.selectFrom('meta').selectAll().where('key', 'in', ['alone', 'within', 'other']).orderBy('key').execute()).toEqual([{ key: 'alone', value: '1' }, { key: 'other', value: '2' }, { key: 'within', value: '2' }])
    await expect(note(db, 'alone')).rejects.toThrow('UNIQUE')
    expect(safety()).toBe('2')
    await db.destroy()
  })

  it('[ST850] who was last heard of is such a note, and a run is none', async () => {
    const campaign = await CampaignOnStore.create(opened.store)
    const author = await campaign.join('volunteer')
    const said = vi.spyOn(DatabaseSync.prototype, 'exec')
    await author.push(author.record())
    expect(said.mock.calls.flat()).toEqual([])
    const at = instantOf(campaign.ground.clock)
    await opened.store.members.touchDevice(campaign.campaign.id, author.person.device.id, { at, appVersion: '0.1.0', manifest: null })
    expect(said.mock.calls.flat()).toEqual(['pragma synchronous = normal', 'pragma synchronous = full'])
    said.mockRestore()
    expect(await opened.store.members.device(author.person.device.id)).toMatchObject({ lastContactAt: at })
  })

  it('[ST980] nor is anything waited for by a lease, taken, asked for, told again or given back', async () => {
    const { uploadLocks } = opened.store
    const said = vi.spyOn(DatabaseSync.prototype, 'exec')
    const lease = { id: 'a photo', now: 1000, expiresAt: 31_000, ask: true }
    expect([await uploadLocks.take({ ...lease, owner: 'one' }), await uploadLocks.take({ ...lease, owner: 'other' }), await uploadLocks.renew({ ...lease, owner: 'one' })]).toEqual([true, false, 'wanted'])
    await uploadLocks.drop({ ...lease, owner: 'one' })
    expect(await uploadLocks.renew({ ...lease, owner: 'one' })).toBe('lost')
    // Asking is two of them.
    expect(said.mock.calls.flat()).toEqual(Array.from({ length: 6 }, () => ['pragma synchronous = normal', 'pragma synchronous = full']).flat())
    said.mockRestore()
  })

  it('[ST851] a new file has small pages, and one of before keeps its own', async () => {
    const sizeOf = (path: string) => Object.values(new DatabaseSync(path).prepare('pragma page_size').get() ?? {})[0]
    expect(sizeOf(opened.path)).toBe(2048)
    const path = `${opened.path}-before`
    const before = new DatabaseSync(path)
    before.exec('pragma page_size = 4096; pragma journal_mode = WAL; create table kept (word text); insert into kept values (\'as it was\')')
    before.close()
    const again = openDatabase(path)
    expect([sizeOf(path), again.prepare('select word from kept').get(), Object.values(again.prepare('pragma wal_autocheckpoint').get() ?? {})[0]]).toEqual([4096, { word: 'as it was' }, 3906])
    again.close()
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

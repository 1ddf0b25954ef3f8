import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { Client } from 'pg'
import type { PoolClient } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Instant } from '#domain/ids.ts'
import { migrate, migrations } from '#server/store/migrations/migrate.ts'
import { migrationGround } from '#server/store/postgres/migration-ground.ts'
import { nameKept } from '#server/store/postgres/named-statements.ts'
import { openPostgres, openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import { createPool } from '#server/store/postgres/pool.ts'
import { storedQuery } from '#server/store/sql/append-ground.ts'
import { chainEnds } from '#server/store/sql/chain.ts'
import { lastSettingAside } from '#server/store/sql/fresh.ts'
import { readMeta } from '#server/store/sql/meta.ts'
import { writtenSince } from '#server/store/sql/written-since.ts'
import type { Store } from '#server/store/store.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import type { TestDatabase } from '../../support/postgres/database.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

describe('the store in a PostgreSQL database', () => {
  let database: TestDatabase
  const open: Store[] = []
  beforeEach(async () => {
    database = await createDatabase({ isEmpty: true })
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()))
    await database.drop()
  })

  const openStore = async (seed = 'one'): Promise<Store> => {
    const store = await openPostgresStore({ url: database.url, clock: steppedClock(), chance: seededChance(seed) })
    open.push(store)
    return store
  }
  const name = () => new URL(database.url).pathname.slice(1)

  it('[ST26] a database that does not wait for the disk is refused, on the first connection and on a later one', async () => {
    const store = await openStore()
    const db = openPostgres(database.url)
    await database.query(`alter database ${name()} set synchronous_commit = off`)
    await expect(sql`select 1`.execute(db)).rejects.toThrow('synchronous_commit = off')
    await expect(openStore('two')).rejects.toThrow('synchronous_commit = on for this database')
    await database.query(`alter database ${name()} reset synchronous_commit`)
    await sql`select 1`.execute(db)
    await store.check()
    await db.destroy()
  })

  it('[ST209] a kept query is planned once on a connection, and anew when its table has grown', async () => {
    await openStore()
    const db = openPostgres(database.url)
    try {
      await db.connection().execute(async (one) => {
        // As small as it is now it is read whole.
        await sql`analyze meta`.execute(one)
        for (let times = 0; times < 8; times += 1) await readMeta(one, 'epoch')
        const named = await sql<{ readonly name: string; readonly generic_plans: number }>`select name, generic_plans from pg_prepared_statements where statement like '%"meta"%'`.execute(one)
        expect(named.rows).toEqual([{ name: expect.stringMatching(/^kept_[0-9a-f]{32}$/), generic_plans: 3 }])
        const planned = async () => JSON.stringify((await sql`explain execute ${sql.id(named.rows[0]?.name ?? '')} ('epoch')`.execute(one)).rows)
        await sql`insert into meta (key, value) select 'k' || n, repeat('v', 200) from generate_series(1, 3000) n`.execute(one)
        expect(await planned()).toContain('Seq Scan')
        for (let times = 0; times < 20; times += 1) await one.transaction().execute((tx) => readMeta(tx, 'epoch'))
        expect(await planned()).toContain('Index Scan')
      })
    } finally {
      await db.destroy()
    }
  })

  it('[ST213] what each push asks is planned once and not each time, also while its tables grow, and looks at nothing but what is new', async () => {
    const store = await openStore()
    const campaign = await CampaignOnStore.create(store)
    const author = await campaign.join('volunteer')
    const [id, member, device] = [campaign.campaign.id, author.person.member.id, author.person.device.id]
    const db = openPostgres(database.url)
    try {
      await db.connection().execute(async (one) => {
        let had = 0
        // By hand as many as by pushes of one each, of which each finds all before it known to be whole.
        for (const upTo of Array.from({ length: 36 }, (_, n) => (n < 6 ? n + 1 : (n - 5) * 100))) {
          await database.query(`insert into links (campaign_id, device_id, device_seq, change_hash, prev_hash, hash) select '${id}', '${device}', n, 'h' || n, 'h', 'h' from generate_series(${had + 1}, ${upTo}) n`)
          await database.query(`insert into changes (campaign_id, seq, key, id, entry_id, device_id, member_id, carried_by, author_id, received_at, type, change_hash, proven, text, released)
            select '${id}', n, 'k' || n, 'k' || n, 'e' || n, '${device}', '${member}', '${member}', '${member}', '2026-03-01T08:00:00Z', 'record', 'h', 1, '{}', 0 from generate_series(${had + 1}, ${upTo}) n`)
          had = upTo
          await database.query(`update devices set whole_to = ${upTo} where id = '${device}'`)
          if (upTo === 500) await database.query('analyze links, changes')
          // Plans are thrown away now and then, and made anew for the tables as they are.
          await one.transaction().execute(async (tx) => {
            await chainEnds(tx, id, [device])
            await writtenSince(tx, id, { member, most: 500, after: upTo })
          })
        }
        const named = await sql<{ readonly name: string; readonly statement: string; readonly custom_plans: number }>`select name, statement, custom_plans::int from pg_prepared_statements where statement ~ 'whole_to|written' order by statement`.execute(one)
        expect(named.rows.map(({ custom_plans: times }) => times)).toEqual([5, 5])
        // Whatever the values are.
        await sql`set plan_cache_mode = force_generic_plan`.execute(one)
        for (const { name, statement } of named.rows) {
          const values = statement.includes('whole_to') ? [id, device] : [id, member, 3000, 500]
          const { rows } = await sql<{ readonly 'QUERY PLAN': string }>`explain execute ${sql.id(name)} (${sql.join(values.map((value) => sql.lit(value)))})`.execute(one)
          const lines = rows.map((row) => row['QUERY PLAN'])
          expect(lines[lines.findIndex((line) => /Index Cond: .*seq > /.test(line)) - 1]).toMatch(/ using (links_pkey|changes_by_member) .* rows=\d /)
        }
      })
    } finally {
      await db.destroy()
    }
  })

  it('[ST213] a limit that is always the same stands in the query, one that is asked for is handed over', async () => {
    const db = openPostgres(database.url)
    try {
      expect(lastSettingAside(db, 'c' as never).compile().sql).toMatch(/ limit 1$/)
      expect(db.selectFrom('meta').select('key').limit(sql<number>`${7}`).compile()).toMatchObject({ sql: 'select "key" from "meta" limit $1', parameters: [7] })
    } finally {
      await db.destroy()
    }
  })

  it('[ST209] plans are made anew after twenty transactions, then after twice as many each time up to 320, and after one that has handed over much', () => {
    const asked: unknown[] = []
    const client = { query: (text: unknown) => void asked.push(text) }
    nameKept(client as unknown as PoolClient)
    const ask = client.query as (text: string, values?: readonly unknown[]) => void
    const begin = () => {
      ask('begin')
      return asked.at(-1)
    }
    const anew = (count: number) => Array.from({ length: count }, begin).flatMap((text, at) => (text === 'discard plans; begin' ? [at + 1] : []))
    expect(anew(1260)).toEqual([20, 60, 140, 300, 620, 940, 1260])
    ask('insert', Array.from({ length: 3999 }))
    expect(begin()).toBe('begin')
    ask('insert', [1])
    expect(begin()).toBe('discard plans; begin')
    expect(anew(60)).toEqual([20, 60])
  })

  it('[ST209] an old process goes on when the new one has added columns', async () => {
    const store = await openStore()
    const { campaign } = await CampaignOnStore.create(store)
    const ask = () => store.campaigns.get(campaign.id)
    for (let times = 0; times < 8; times += 1) await ask()
    await database.query('alter table campaigns add column later text')
    expect((await ask())?.id).toBe(campaign.id)
  })

  it('[ST208] of the connections of a busy moment three are kept, and used again', async () => {
    const pool = createPool(database.url, 50)
    try {
      const busy = await Promise.all(Array.from({ length: 6 }, () => pool.connect()))
      for (const client of busy) client.release()
      await expect.poll(() => pool.totalCount).toBe(3)
      await wait(200)
      expect(pool.totalCount).toBe(3)
      const again = await pool.connect()
      expect(busy).toContain(again)
      again.release()
    } finally {
      await pool.end()
    }
  })

  it('[ST26] what cannot be reached is named in a sentence, without the password', async () => {
    const failing = async (url: string) => String(await openPostgresStore({ url, clock: steppedClock(), chance: seededChance('x') }).then(() => 'opened', (error: unknown) => error))
    expect(await failing('postgres://terrain:geheim@127.0.0.1:1/terrain')).toBe('Error: The PostgreSQL of DATABASE_URL (127.0.0.1:1) cannot be used: nothing answers there.')
    // What listens there is another program, or a machine that is about to go down.
    const other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const host = `127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}`
    expect(await failing(`postgres://terrain:geheim@${host}/terrain`)).toBe(`Error: The PostgreSQL of DATABASE_URL (${host}) cannot be used: it ended the connection.`)
    other.close()
    // It stops while a process waits for it.
    await openStore()
    const holder = new Client({ connectionString: database.url })
    await holder.connect()
    await holder.query('begin; lock table meta')
    const waiting = failing(database.url)
    await expect.poll(() => database.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).toHaveLength(1)
    expect(await waiting).toMatch(/cannot be used: it ended the connection\.$/)
    await holder.end()
    expect(await failing(database.url.replace(name(), 'nowhere'))).toContain('there is no database of that name')
    expect(await failing(database.url.replace(/:\w+@/, ':geheim@'))).toMatch(/refuses the password\.$/)
  })

  it('[ST60] what was restored is read by its indexes at once: the planner has counted it', async () => {
    const [source, other] = [await openStore(), await createDatabase()]
    const campaign = await CampaignOnStore.create(source)
    const author = await campaign.join('volunteer')
    await author.push(...Array.from({ length: 30 }, () => author.record()))
    const restored = await openPostgresStore({ url: other.url, clock: steppedClock(), chance: seededChance('restored') })
    await source.backup.dump((rows) => restored.backup.load(rows, null))
    await restored.close()
    expect(await other.query(`select relname, reltuples from pg_class where relname in ('changes', 'entries', 'entry_words') order by relname`)).toEqual(['changes', 'entries', 'entry_words'].map((relname) => ({ relname, reltuples: 30 })))
    await other.drop()
  })

  it('[ST212] the planner has counted what a first phone brings before it would read all of it for each run', async () => {
    const store = await openStore()
    const campaign = await CampaignOnStore.create(store)
    const author = await campaign.join('volunteer')
    for (const count of [499, 1]) await author.push(...Array.from({ length: count }, () => author.record()))
    expect(await database.query(`select relname, reltuples from pg_class where relname in ('changes', 'entries', 'links', 'entry_words') order by relname`)).toEqual(['changes', 'entries', 'entry_words', 'links'].map((relname) => ({ relname, reltuples: 500 })))
    const db = openPostgres(database.url)
    const names = Array.from({ length: 500 }, (_, n) => `new ${n}`)
    const plan = await storedQuery(db, campaign.campaign.id, { names, ids: names as never, entries: names as never }).explain<{ readonly 'QUERY PLAN': string }>()
    expect(plan.map((row) => row['QUERY PLAN']).filter((line) => line.includes('Scan'))).toEqual(['changes_campaign_id_key_key', 'changes_unproven', 'changes_by_entry'].map((index) => expect.stringMatching(`Index Scan using ${index}`)))
    await db.destroy()
  })

  it('[ST212] a push is kept and answered also where the tables cannot be counted', async () => {
    const store = await openStore()
    const author = await (await CampaignOnStore.create(store)).join('volunteer')
    await database.query('alter table seals rename to sealed')
    await database.query('create view seals as select * from sealed')
    const { results } = await author.push(...Array.from({ length: 500 }, () => author.record()))
    expect(results.every(({ status }) => status === 'stored')).toBe(true)
    expect(await database.query('select count(*)::int as kept from changes')).toEqual([{ kept: 500 }])
  })

  it('[ST212] whoever tidies a table for long keeps no push waiting', async () => {
    const store = await openStore()
    const author = await (await CampaignOnStore.create(store)).join('volunteer')
    const pool = createPool(database.url)
    const other = await pool.connect()
    await other.query('begin; lock table changes in share update exclusive mode')
    const { results } = await author.push(...Array.from({ length: 500 }, () => author.record()))
    expect(results.every(({ status }) => status === 'stored')).toBe(true)
    await other.query('rollback')
    other.release()
    await pool.end()
  })

  it('[ST22] processes that start at once migrate once, and agree on one epoch and one key', async () => {
    const stores = await Promise.all(['a', 'b', 'c', 'd'].map(openStore))
    expect(new Set(await Promise.all(stores.map((store) => store.epoch()))).size).toBe(1)
    const keys = await Promise.all(stores.map((store, index) => store.serverKey(Uint8Array.of(index))))
    expect(new Set(keys.map((key) => key.join())).size).toBe(1)
    expect(await database.query('select name from migrations order by name')).toEqual(migrations.map((migration) => ({ name: migration.name })))
  })

  it('[ST22] a migration that fails leaves the schema as it was, and a newer database is refused', async () => {
    const db = openPostgres(database.url)
    const faulty = { name: '9998-faulty', statements: ['create table half (id text)', 'create nonsense'] }
    await expect(migrate(db, 'now', [...migrations, faulty], migrationGround)).rejects.toThrow()
    await db.destroy()
    expect(await database.query(`select tablename from pg_tables where schemaname = 'public'`)).toEqual([])
    await (await openStore()).close()
    await database.query(`insert into migrations values ('9999-later', '2030-01-01')`)
    await expect(openStore()).rejects.toThrow('newer Terrain')
  })

  it('[ST27] text is sorted by its bytes in a database made for English, and counts are numbers', async () => {
    await openStore()
    await database.query(`insert into meta values ('a', '1'), ('B', '2'), ('_', '3'), ('é', '4')`)
    const db = openPostgres(database.url)
    const rows = await db.selectFrom('meta').select('key').where('key', 'in', ['a', 'B', '_', 'é'] as never[]).orderBy('key').execute()
    expect(rows.map(({ key }) => key)).toEqual(['B', '_', 'a', 'é'])
    expect((await sql<{ n: unknown }>`select count(*) as n from meta where key in ('a', 'B')`.execute(db)).rows).toEqual([{ n: 2 }])
    await db.destroy()
    expect(await database.query(`select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = 'text' and table_name <> 'migrations' and collation_name is distinct from 'C'`)).toEqual([])
  })

  it('[ST28] two processes that append at once give one gapless seq', async () => {
    const [one, two] = [await openStore('a'), await openStore('b')]
    const campaign = await CampaignOnStore.create(one)
    const devices = await Promise.all(Array.from({ length: 6 }, () => campaign.join('volunteer')))
    await Promise.all(devices.map(async (device, index) => {
      const store = index % 2 === 0 ? one : two
      for (let count = 0; count < 10; count += 1) await device.send(device.seal([device.record(), device.record()]), store)
    }))
    const stored = await two.changes.scan(campaign.campaign.id, 0, 1000)
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1))
    expect(new Set(stored.map(({ ref }) => ref)).size).toBe(120)
    expect((await one.entries.rebuild(campaign.campaign.id)).differing).toEqual([])
  })

  it('[ST28] of two who use the last use of an invite at once, in two processes, exactly one joins', async () => {
    const [one, two] = [await openStore('a'), await openStore('b')]
    const campaign = await CampaignOnStore.create(one)
    const publicKey = campaign.campaign.publicKey
    const at = '2026-03-01T08:00:00.000Z' as Instant
    const invite = (id: string) => ({ id, campaignId: campaign.campaign.id, secretHash: id.repeat(64).slice(0, 64) as never, role: 'volunteer' as const, uses: 1, note: null, createdAt: at, expiresAt: '2026-03-08T08:00:00.000Z' as Instant, createdBy: null })
    const join = (store: Store, inviteHash: string, id: string) => store.members.join({ inviteHash: inviteHash as never, at, member: { id: `m-${id}` as never, name: 'Nia', language: 'fr', joinedAt: at, endedAt: null }, device: { id: `d-${id}` as never, publicKey, label: 'phone', createdAt: at } })
    for (let round = 0; round < 20; round += 1) {
      const { secretHash, ...rest } = invite(String(round + 10))
      await one.members.createInvite({ secretHash, ...rest })
      const outcomes = await Promise.all([join(one, secretHash, `${round}a`), join(two, secretHash, `${round}b`)])
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['invite-invalid', 'joined'])
    }
    // The same device by two invites meets itself at its key.
    await Promise.all(['x', 'y'].map((id) => one.members.createInvite(invite(id))))
    const both = await Promise.all([join(one, invite('x').secretHash, 'same'), join(two, invite('y').secretHash, 'same')])
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['device-key-differs', 'joined'])
  })

  it('[ST28] settings that two processes change at once both stay, and one of two makes the first campaign', async () => {
    const [one, two] = [await openStore('a'), await openStore('b')]
    const { campaign } = await CampaignOnStore.create(one)
    await Promise.all([one.campaigns.update(campaign.id, { name: 'Another name' }), two.campaigns.update(campaign.id, { countries: ['MLI'] })])
    expect(await one.campaigns.get(campaign.id)).toMatchObject({ name: 'Another name', countries: ['MLI'] })
    expect(await two.campaigns.createFirst({ ...campaign, id: 'other' as never }, '2026-03-01T08:00:00.000Z' as Instant)).toBe(false)
  })

  it('[ST28] a connection that the database ends harms nobody who comes later', async () => {
    const store = await openStore()
    const campaign = await CampaignOnStore.create(store)
    await database.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
    await expect.poll(() => store.check().then(() => 'well', () => 'broken')).toBe('well')
    const device = await campaign.join('volunteer')
    expect((await device.push(device.record())).results).toMatchObject([{ status: 'stored', seq: 1 }])
    const db = openPostgres(database.url)
    const cutOff = db.transaction().execute(async (tx) => {
      await tx.updateTable('counters').set({ seq: 99 }).execute()
      await database.query(`select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()`)
      await wait(50)
      await tx.updateTable('counters').set({ seq: 100 }).execute()
    })
    await expect(cutOff).rejects.toThrow()
    expect(await store.changes.headSeq(campaign.campaign.id)).toBe(1)
    await db.destroy()
  })
})

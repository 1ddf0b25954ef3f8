import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { problemOf } from '#server/http/problem-error.ts'
import { openPostgres, openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import type { Store } from '#server/store/store.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import type { TestDatabase } from '../../support/postgres/database.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

describe('a PostgreSQL that others look after', () => {
  let database: TestDatabase
  let store: Store
  const open = () => openPostgresStore({ url: database.url, clock: steppedClock(), chance: seededChance('one') })
  beforeEach(async () => {
    database = await createDatabase()
    store = await open()
  })
  afterEach(async () => {
    await store.close()
    await database.drop()
  })

  const name = () => new URL(database.url).pathname.slice(1)
  const endConnections = () => database.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name()}' and pid <> pg_backend_pid()`)

  it('[ST710] one that may only be read is answered for as one that is away, told in a sentence at the start, and well with the first question after', async () => {
    await database.query(`alter database ${name()} set default_transaction_read_only = on`)
    await endConnections()
    const failed = await store.check().catch((error: unknown) => error)
    expect([problemOf(failed).status, problemOf(await store.check().catch((error: unknown) => error)).status]).toEqual([503, 503])
    await expect(open()).rejects.toThrow('cannot be used: it may only be read')
    await database.query(`begin read write; alter database ${name()} reset default_transaction_read_only; commit`)
    await store.check()
    expect(await store.campaigns.list()).toEqual([])
  })

  it('[ST760] one that was made for a few languages is refused with a sentence; one without any encoding gives back what it took', async () => {
    await store.close()
    await database.query(`update pg_database set encoding = pg_char_to_encoding('WIN1252') where datname = '${name()}'`)
    await expect(open()).rejects.toThrow('createdb --template template0 --encoding UTF8 --lc-collate C --lc-ctype C')
    await database.query(`update pg_database set encoding = pg_char_to_encoding('SQL_ASCII') where datname = '${name()}'`)
    store = await open()
    const db = openPostgres(database.url)
    try {
      expect((await sql<{ readonly words: string }>`select ${'مياه вода 水'}::text as words`.execute(db)).rows).toEqual([{ words: 'مياه вода 水' }])
    } finally {
      await db.destroy()
    }
  })

  it('[ST711] what its host sets as the longest that a statement may take breaks nothing off', async () => {
    await database.query(`alter database ${name()} set statement_timeout = '100ms'`)
    const db = openPostgres(database.url)
    try {
      await sql`select pg_sleep(0.3)`.execute(db)
      expect((await sql<{ readonly statement_timeout: string }>`show statement_timeout`.execute(db)).rows).toEqual([{ statement_timeout: '0' }])
    } finally {
      await db.destroy()
    }
  })

  it('[ST790] what its host sets as the longest that a connection may be idle ends none that is kept', async () => {
    await database.query(`alter database ${name()} set idle_session_timeout = '100ms'`)
    const db = openPostgres(database.url)
    const session = async () => (await sql<{ readonly pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid
    try {
      const before = await session()
      await wait(400)
      expect(await session()).toBe(before)
    } finally {
      await db.destroy()
    }
  })
})

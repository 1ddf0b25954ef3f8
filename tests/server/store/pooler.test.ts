import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPostgres, openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import { readMeta } from '#server/store/sql/meta.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import type { TestDatabase } from '../../support/postgres/database.ts'
import { createLendingPooler } from '../../support/postgres/lending-pooler.ts'
import type { LendingPooler } from '../../support/postgres/lending-pooler.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

describe('a pooler before PostgreSQL', () => {
  let database: TestDatabase
  let pooler: LendingPooler
  beforeEach(async () => {
    database = await createDatabase({ isEmpty: true })
    pooler = await createLendingPooler(database.url)
  })
  afterEach(async () => {
    await pooler.close()
    await database.drop()
  })

  it('[ST650] that lends its sessions by transaction is refused with a sentence before anything is made there', async () => {
    const opened = openPostgresStore({ url: pooler.url, clock: steppedClock(), chance: seededChance('one') })
    await expect(opened).rejects.toThrow('Let it pool by session (pool_mode = session in PgBouncer)')
    expect(await database.query(`select tablename from pg_tables where schemaname = 'public'`)).toEqual([])
  })

  it('[ST651] a kept query has the name of what it says, so that no session knows another one by it', async () => {
    const db = openPostgres(database.url)
    try {
      await sql`create table meta as select 'epoch' as key, 'one' as value`.execute(db)
      await db.connection().execute(async (one) => {
        await readMeta(one, 'epoch')
        const { rows } = await sql<{ readonly name: string; readonly statement: string }>`select name, statement from pg_prepared_statements`.execute(one)
        expect(rows.map(({ name }) => name)).toEqual(rows.map(({ statement }) => `kept_${createHash('sha256').update(statement).digest('hex').slice(0, 32)}`))
        expect(rows).toHaveLength(1)
      })
    } finally {
      await db.destroy()
    }
  })
})

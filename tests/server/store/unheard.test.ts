import type { Pool } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPool } from '#server/store/postgres/pool.ts'
import { isUnavailable } from '#server/store/unavailable.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import type { TestDatabase } from '../../support/postgres/database.ts'
import { createSilentWire } from '../../support/silent-wire.ts'
import type { SilentWire } from '../../support/silent-wire.ts'

const patienceMs = 400

describe('a PostgreSQL that falls silent', () => {
  let database: TestDatabase
  let wire: SilentWire
  let pool: Pool
  beforeEach(async () => {
    database = await createDatabase({ isEmpty: true })
    wire = await createSilentWire(database.url)
    pool = createPool(wire.url, 10_000, patienceMs)
  })
  afterEach(async () => {
    wire.close()
    await pool.end()
    await database.drop()
  })
  const failureOf = (asked: Promise<unknown>) => asked.then(() => 'answered', (error: unknown) => error)

  it('[ST500] keeps nobody waiting: where it has forgotten a connection, all that wait on it are told that it cannot be asked, and the next one is answered', async () => {
    const client = await pool.connect()
    await client.query('begin')
    wire.forget()
    const failures = await Promise.all(['select 1', 'select 2', 'commit'].map((text) => failureOf(client.query(text))))
    expect(failures.map(isUnavailable)).toEqual([true, true, true])
    client.release()
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('[ST500] where it is gone altogether, they are told as well, and it is well again as soon as it is back', async () => {
    const client = await pool.connect()
    wire.silence()
    expect(await failureOf(client.query('select 1'))).toSatisfy(isUnavailable)
    client.release()
    wire.speak()
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('[ST500] what it works at for long is waited for, with all that stands behind it', async () => {
    const client = await pool.connect()
    const answers = Promise.all(['select 1 as n, pg_sleep(1.5)', 'select 2 as n'].map(async (text) => (await client.query<{ n: number }>(text)).rows[0]?.n))
    expect(await answers).toEqual([1, 2])
    client.release()
    expect(pool.totalCount).toBe(1)
  })

  it('[ST500] a transaction in which nothing is asked for long goes on', async () => {
    const client = await pool.connect()
    await client.query('begin')
    await new Promise((resolve) => setTimeout(resolve, 3 * patienceMs))
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.query('commit')
    client.release()
    expect(pool.totalCount).toBe(1)
  })
})

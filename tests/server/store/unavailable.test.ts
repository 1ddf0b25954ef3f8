import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { describe, expect, it } from 'vitest'
import { problemOf, waitHeaders } from '#server/http/problem-error.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import { isUnavailable } from '#server/store/unavailable.ts'
import { toldInWords } from '#server/told-error.ts'

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code })

describe('a database that cannot be asked now', () => {
  it.each([
    withCode('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'), withCode('terminating connection due to administrator command', '57P01'),
    withCode('the database system is starting up', '57P03'), withCode('sorry, too many clients already', '53300'), withCode('canceling statement due to lock timeout', '55P03'),
    withCode('out of memory', '53200'), withCode('canceling statement due to user request', '57014'), withCode('terminating connection due to idle-session timeout', '57P05'),
    withCode('deadlock detected', '40P01'), withCode('cannot execute INSERT in a read-only transaction', '25006'), new Error('Connection terminated unexpectedly'), new Error('timeout exceeded when trying to connect'),
  ])('[SE18] [ST791] %s is answered with 503 and when to come again', (error) => {
    const { code, status } = problemOf(error)
    expect([code, status, waitHeaders(status)]).toEqual(['unavailable', 503, { 'retry-after': '5' }])
  })

  it('[SE18] an SQLite file that another process has locked is one too', () => {
    const dir = mkdtempSync(join(tmpdir(), 'terrain-busy-'))
    const [one, two] = [new DatabaseSync(join(dir, 'a.db')), new DatabaseSync(join(dir, 'a.db'), { timeout: 1 })]
    one.exec('begin immediate')
    expect(thrownBy(() => two.exec('begin immediate'))).toSatisfy(isUnavailable)
    one.close()
    two.close()
    rmSync(dir, { recursive: true })
  })

  it.each([1, 10])('[SE403] a full disk is one too, whatever of the transaction SQLite has ended by itself (%i rows at once), and what comes then is stored when there is room', async (rows) => {
    const dir = mkdtempSync(join(tmpdir(), 'terrain-full-'))
    const database = new DatabaseSync(join(dir, 'a.db'))
    const db = new Kysely<{ words: { text: string } }>({ dialect: createNodeSqliteDialect(database) })
    database.exec('create table words (text text not null unique); pragma max_page_count = 20')
    const store = (length: number) => db.transaction().execute(async (tx) => {
      await tx.insertInto('words').values({ text: 'first' }).execute()
      await tx.insertInto('words').values(Array.from({ length: rows }, (_, index) => ({ text: String(index).repeat(length) }))).execute()
    })
    const error = await store(200_000).catch((reason: unknown) => reason)
    expect([isUnavailable(error), problemOf(error).status, toldInWords(error)]).toEqual([true, 503, 'database or disk is full'])
    await store(2)
    expect(await db.selectFrom('words').selectAll().execute()).toHaveLength(rows + 1)
    await db.destroy()
    rmSync(dir, { recursive: true })
  })

  it.each([withCode('could not extend file: No space left on device', '53100'), withCode('ENOSPC: no space left on device, write', 'ENOSPC'), withCode('EDQUOT: quota exceeded, write', 'EDQUOT'), Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 4874 })])('[SE403] %s is answered with 503 and when to come again', (error) => {
    const { code, status } = problemOf(error)
    expect([code, status, waitHeaders(status)]).toEqual(['unavailable', 503, { 'retry-after': '5' }])
  })

  it.each([withCode('duplicate key value', '23505'), new Error('out of cheese'), withCode('no such file', 'ENOENT'), 'ECONNREFUSED', null])('[SE18] %s is a fault of its own, and no reason to come again', (error) => {
    expect([isUnavailable(error), problemOf(error).code, waitHeaders(500)]).toEqual([false, 'internal', {}])
  })
})

function thrownBy(run: () => void): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return null
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Kysely, sql } from 'kysely'
import { openPostgres } from '#server/store/postgres/open-postgres-store.ts'
import type { Db } from '#server/store/sql/db.ts'
import { kept, keptOne } from '#server/store/sql/kept-query.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import { openDatabase } from '#server/store/sqlite/open-sqlite-store.ts'
import { openPostgresDatabase, openSqliteInFolder } from '../../support/contracts/stores.ts'

const databases = [
  ['node:sqlite', async () => {
    const opened = await openSqliteInFolder()
    return { db: new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(opened.path)) }) as Db, remove: opened.remove }
  }],
  ['PostgreSQL', async () => {
    const opened = await openPostgresDatabase()
    return { db: openPostgres(opened.url), remove: opened.remove }
  }],
] as const

describe.each(databases)('a kept query, on %s', (_name, open) => {
  let opened: Awaited<ReturnType<typeof open>>
  beforeEach(async () => {
    opened = await open()
  })
  afterEach(async () => {
    await opened.db.destroy()
    await opened.remove()
  })

  it('[ST131] is put together once for each shape of what it is asked with, and answers as one that is put together anew', async () => {
    let built = 0
    const put = kept((db, rows: readonly { readonly key: string; readonly value: string }[]) => {
      built += 1
      return db.insertInto('meta').values(rows)
    })
    const named = kept((db, { keys, not }: { readonly keys: readonly string[]; readonly not: string }) => {
      built += 1
      return db.selectFrom('meta').select(['key', 'value']).where('key', 'in', keys).where('value', '<>', not).where('key', 'is not', null).orderBy('key')
    })
    await put(opened.db, [{ key: 'a', value: "1'; drop table meta" }])
    await put(opened.db, [{ key: 'b', value: '{"x":[1]}' }])
    await put(opened.db, [{ key: 'c', value: '3' }, { key: 'd', value: '4' }])
    expect(built).toBe(2)
    expect(await named(opened.db, { keys: ['a', 'b'], not: '9' })).toEqual([{ key: 'a', value: "1'; drop table meta" }, { key: 'b', value: '{"x":[1]}' }])
    expect(await named(opened.db, { keys: ['d', 'c'], not: '3' })).toEqual([{ key: 'd', value: '4' }])
    expect(await named(opened.db, { keys: ['d'], not: '3' })).toEqual([{ key: 'd', value: '4' }])
    expect(built).toBe(4)
    // Inside a transaction it sees what that has written, and goes with it.
    await expect(opened.db.transaction().execute(async (tx) => {
      await put(tx, [{ key: 'e', value: '5' }])
      expect(await named(tx, { keys: ['e'], not: '' })).toEqual([{ key: 'e', value: '5' }])
      throw new Error('taken back')
    })).rejects.toThrow('taken back')
    expect(await named(opened.db, { keys: ['e'], not: '' })).toEqual([])
  })

  it('[ST131] tells nulls and columns that are not set apart, and puts long lists together anew', async () => {
    const set = kept((db, key: string, columns: { readonly label?: string; readonly app_version?: string | null }) => db.updateTable('devices').set(columns).where('id', '=', key as never).returning(['id']))
    expect(await set(opened.db, 'x', { label: 'a' })).toEqual([])
    expect(await set(opened.db, 'x', { label: 'a', app_version: null })).toEqual([])
    const found = keptOne((db, keys: readonly string[]) => db.selectFrom('meta').select((eb) => eb.fn.countAll<number>().as('count')).where('key', 'in', keys))
    for (const count of [...Array.from({ length: 120 }, (_, n) => n), 1998, 1999, 2000, 2001]) expect(Number((await found(opened.db, ['epoch', ...Array.from({ length: count }, (_, n) => `k${n}`)]))?.count)).toBe(1)
  })

  it('[ST131] rows that are not made alike stand under their own columns, wherever among others they come', async () => {
    const columns = (row: object) => Object.entries(row).filter(([, value]) => value !== undefined)
    type Row = { readonly id: string; readonly label?: string | null; readonly app_version?: string | null }
    const said = kept((db, rows: readonly Row[]) => db.selectNoFrom(() => rows.flatMap((row, at) => columns(row).map(([name, value]) => sql<string>`${value}`.as(`${name}${at}`)))))
    const [a, b, c] = [{ id: '1', label: 'a' }, { id: '2', app_version: 'b' }, { label: 'c', id: '3' }]
    for (const rows of [[a, a, b], [a, b, a], [b, a, a], [a, a, a], [a, c, c], [c, a, c], [{ ...a, label: undefined }, a, { ...a, label: null }]] as readonly (readonly Row[])[]) {
      const wanted = Object.fromEntries(rows.flatMap((row, at) => columns(row).map(([name, value]: [string, unknown]) => [`${name}${at}`, value])))
      expect(await said(opened.db, rows)).toEqual([wanted])
    }
  })

  it('[ST131] a query that looks at what it is asked with fails at once', async () => {
    const wrong = kept((db, key: string) => db.selectFrom('meta').select('value').where('key', '=', `${key}!`))
    await expect(wrong(opened.db, 'epoch')).rejects.toThrow('they can only be handed on')
  })
})

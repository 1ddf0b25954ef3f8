import { sql } from 'kysely'
import type { CompiledQuery, DatabaseConnection } from 'kysely'
import type { PoolClient } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPostgres } from '#server/store/postgres/open-postgres-store.ts'
import { sendAhead } from '#server/store/postgres/sent-ahead.ts'
import { abreast } from '#server/store/sql/db.ts'
import type { Abreast, Db, Tx } from '#server/store/sql/db.ts'
import { groundOf } from '#server/store/sql/append-ground.ts'
import { kept, keptChange } from '#server/store/sql/kept-query.ts'
import { isUnavailable } from '#server/store/unavailable.ts'
import { prepareRun } from '#server/sync/prepare-run.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { openPostgresDatabase } from '../../support/contracts/stores.ts'

const put = keptChange((db, key: string, value: string) => db.insertInto('meta').values({ key, value }))
const valueOf = kept((db, key: string) => db.selectFrom('meta').select('value').where('key', '=', key))

describe('what is sent to PostgreSQL without waiting', () => {
  let opened: Awaited<ReturnType<typeof openPostgresDatabase>>
  let db: Db
  beforeEach(async () => {
    opened = await openPostgresDatabase()
    db = openPostgres(opened.url)
  })
  afterEach(async () => {
    await db.destroy()
    await opened.remove()
  })
  const values = async (...keys: readonly string[]) => (await Promise.all(keys.map((key) => valueOf(db, key)))).flat().map(({ value }) => value)

  it('[ST210] is done in its order: a question behind it sees it, and the commit keeps it', async () => {
    const seen = await db.transaction().execute(async (tx) => {
      await put(tx, 'a', '1')
      const between = await valueOf(tx, 'a')
      await put(tx, 'b', '2')
      return between
    })
    expect(seen).toEqual([{ value: '1' }])
    expect(await values('a', 'b')).toEqual(['1', '2'])
  })

  it.each([
    ['the commit', async (tx: Tx) => put(tx, 'c', '3')],
    ['the next question', async (tx: Tx) => void (await valueOf(tx, 'a'))],
    ['a statement of another kind', async (tx: Tx) => void (await tx.updateTable('meta').set({ value: '4' }).where('key', '=', 'a').execute())],
    ['several questions at once', async (tx: Tx) => {
      const together = await abreast(tx)
      await Promise.all([valueOf(together, 'a'), valueOf(together, 'b')])
    }],
  ])('[ST210] what fails is told by %s, as its own failure; nothing is kept and the connection goes on', async (_by, goOn) => {
    await put(db, 'a', '1')
    const failed = await db.transaction().execute(async (tx) => {
      await put(tx, 'b', '2')
      await put(tx, 'a', 'twice')
      await goOn(tx)
    }).then(() => null, (error: unknown) => error)
    expect(failed).toMatchObject({ code: '23505' })
    expect(await values('a', 'b', 'c')).toEqual(['1'])
    await db.transaction().execute((tx) => put(tx, 'd', '5'))
    expect(await values('d')).toEqual(['5'])
  })

  it('[ST210] what fails in a transaction that is taken back anyway says nothing, and neither does a question of the next one', async () => {
    await put(db, 'a', '1')
    await db.connection().execute(async (one) => {
      await expect(one.transaction().execute(async (tx) => {
        await put(tx, 'a', 'twice')
        throw new Error('taken back')
      })).rejects.toThrow('taken back')
      expect(await one.transaction().execute((tx) => valueOf(tx, 'a'))).toEqual([{ value: '1' }])
      expect(await valueOf(one, 'a')).toEqual([{ value: '1' }])
    })
  })

  it('[ST210] outside of a transaction a change is waited for, and tells its own failure', async () => {
    await put(db, 'a', '1')
    expect(await values('a')).toEqual(['1'])
    await expect(put(db, 'a', 'twice')).rejects.toMatchObject({ code: '23505' })
    await db.connection().execute(async (one) => {
      await one.transaction().execute((tx) => put(tx, 'b', '2'))
      await expect(put(one, 'b', 'twice')).rejects.toMatchObject({ code: '23505' })
    })
  })

  it('[ST210] a connection that breaks in the middle is told, and the next transaction has another', async () => {
    const broken = await db.transaction().execute(async (tx) => {
      await put(tx, 'a', '1')
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx).catch(() => undefined)
      await put(tx, 'b', '2')
    }).then(() => 'kept', (error: unknown) => error)
    expect(isUnavailable(broken)).toBe(true)
    expect(await values('a', 'b')).toEqual([])
    await db.transaction().execute((tx) => put(tx, 'c', '3'))
    expect(await values('c')).toEqual(['3'])
  })

  it('[ST210] nobody waits for the beginning, nor for changes; whoever asks waits for all that stands before', async () => {
    const answers: { readonly text: string; readonly resolve: (value: unknown) => void; readonly reject: (reason: unknown) => void }[] = []
    const client = { query: (text: string) => new Promise((resolve, reject) => void answers.push({ text, resolve, reject })) }
    sendAhead(client as unknown as PoolClient)
    const ask = client.query as unknown as (text: string, values?: readonly unknown[]) => Promise<unknown>
    const asValues = async () => {
      const taken: unknown[] = []
      const executeQuery = ({ parameters }: CompiledQuery) => {
        taken.push(parameters)
        return Promise.resolve({ rows: [] })
      }
      await put({ tx: db, connection: { executeQuery } } as unknown as Abreast, 'x', 'y')
      return taken[0] as readonly unknown[]
    }
    await ask('begin')
    await ask('insert', await asValues())
    expect(answers.map(({ text }) => text)).toEqual(['begin', 'insert'])
    let heard = ''
    const asked = ask('select').then(() => (heard = 'select'), (error: unknown) => (heard = String(error)))
    answers[2]?.resolve({ rows: [] })
    await new Promise((resolve) => void setImmediate(resolve))
    expect(heard).toBe('')
    answers[0]?.resolve({})
    answers[1]?.reject(new Error('refused'))
    await asked
    expect(heard).toBe('Error: refused')
  })

  it('[ST210] a change with a value that the driver itself may fail at is waited for: the database would never hear of it, and keep the rest', async () => {
    const wrong = Object.assign(Object.create(null), { toPostgres: () => { throw new Error('no words for it') } }) as string
    const failed = await db.transaction().execute(async (tx) => {
      await put(tx, 'a', '1')
      await put(tx, 'b', wrong)
    }).then(() => null, (error: unknown) => String(error))
    expect(failed).toContain('no words for it')
    expect(await values('a', 'b')).toEqual([])
  })

  it('[ST211] an append puts its questions at once, the lock before all others', async () => {
    const made = await CampaignOnStore.create(opened.store)
    const author = await made.join('volunteer')
    const [{ campaign }, { person: { member, device } }] = [made, author]
    const { changes, seal } = prepareRun({ campaignId: campaign.id, deviceId: device.id, publicKey: device.publicKey, isRevoked: false }, author.seal([author.record()]))
    const run = { campaignId: campaign.id, deviceId: device.id, memberId: member.id, carriedBy: member.id, receivedAt: device.createdAt, seal, changes, judge: () => null }
    const told: string[] = []
    await db.transaction().execute(async (tx) => {
      const together = await abreast(tx)
      const { connection } = together
      const execute = connection.executeQuery.bind(connection)
      const spied: DatabaseConnection['executeQuery'] = async (query) => {
        const name = /^(update|select) .*?"(counters|changes|devices|campaigns)"/.exec(query.sql)?.[2] ?? query.sql
        told.push(`asked ${name}`)
        const answer = await execute(query)
        told.push(`answered ${name}`)
        return answer as never
      }
      connection.executeQuery = spied
      try {
        await groundOf(together, campaign.id, [run])
      } finally {
        connection.executeQuery = execute
      }
    })
    const tables = ['counters', 'changes', 'devices', 'campaigns']
    expect(told).toEqual([...tables.map((name) => `asked ${name}`), ...tables.map((name) => `answered ${name}`)])
  })
})

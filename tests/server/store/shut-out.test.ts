import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '#server/log.ts'
import { whyShutOut } from '#server/store/shut-out.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import type { TestDatabase } from '../../support/postgres/database.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe('a PostgreSQL that lets the server in no more', () => {
  /** A role of its own: what is done to it is done to no other test of this PostgreSQL. */
  const role = `guest_${randomBytes(6).toString('hex')}`
  let database: TestDatabase
  let server: TestServer
  let awa: ScriptDevice
  beforeAll(async () => {
    database = await createDatabase()
    await database.query(`create role ${role} login password 'one'`)
    await database.query(`grant all on schema public to ${role}; grant all on all tables in schema public to ${role}; grant all on all sequences in schema public to ${role}`)
    server = await startTestServer({ databaseUrl: Object.assign(new URL(database.url), { username: role, password: 'one' }).href })
    awa = await server.join('volunteer')
  })
  afterAll(async () => {
    await server.close()
    await database.query(`drop owned by ${role}; drop role ${role}`)
    await database.drop()
  })

  const endConnections = () => database.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`)

  it.each([
    ['its role may not log in', `alter role ${role} nologin`, `alter role ${role} login`],
    ['its password was changed', `alter role ${role} password 'two'`, `alter role ${role} password 'one'`],
    ['its role may not use the tables', `revoke all on all tables in schema public from ${role}`, `grant all on all tables in schema public to ${role}`],
    ['the database would acknowledge what a power cut takes back', `alter role ${role} set synchronous_commit = off`, `alter role ${role} reset synchronous_commit`],
  ])('[ST950] because %s, is answered for with 503 and when to come again, and goes on by itself', async (_why, shut, open) => {
    const record = awa.change('record', { content: aChallenge() })
    const request = await awa.requestFor([record])
    const push = () => server.app.inject({ method: 'POST', url: '/api/v1/sync', headers: awa.headers, payload: request })
    const ready = async () => (await server.app.inject('/api/v1/ready')).statusCode
    await database.query(shut)
    await endConnections()
    // The first ones may still be told of the connections that were ended.
    for (let times = 0; times < 4; times += 1) await push()
    const refused = await push()
    expect([refused.statusCode, refused.headers['retry-after'], refused.json<{ code: string }>().code, await ready()]).toEqual([503, '5', 'unavailable', 503])
    await database.query(open)
    await endConnections()
    await expect.poll(ready).toBe(200)
    await expect.poll(async () => (await push()).json<{ results?: readonly { status: string }[] }>().results?.map(({ status }) => status)).toEqual([expect.stringMatching(/^(stored|duplicate)$/)])
    await awa.advance([record])
  })

  it('[ST950] is told of in the log by why, and by no word that it quotes', () => {
    const lines: string[] = []
    const log = createLog('info', { write: (line) => void lines.push(line) })
    class DatabaseError extends Error { readonly code = '28P01' }
    log.error({ err: new DatabaseError('password authentication failed for user "awa"') }, 'a request failed')
    expect([lines.join('').includes('The PostgreSQL of DATABASE_URL cannot be used: it refuses the password.'), lines.join('').includes('awa')]).toEqual([true, false])
    expect([whyShutOut(Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' })), whyShutOut(new Error('other')), whyShutOut(Object.assign(new Error('x'), { code: 'constructor' }))]).toEqual([expect.stringContaining('certificate'), null, null])
  })
})

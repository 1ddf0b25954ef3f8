import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChallenge, isChallengeGood } from '#server/auth/challenge.ts'
import type { ServerContext } from '#server/context.ts'
import { createApp } from '#server/http/create-app.ts'
import { createLog } from '#server/log.ts'
import { openContext } from '#server/open-context.ts'
import { openDatabase } from '#server/store/sqlite/open-sqlite-store.ts'
import { databases } from '../../support/databases.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import type { TestDatabase } from '../../support/postgres/database.ts'
import { seededChance, steppedClock } from '../../support/test-server.ts'
import type { SteppedClock } from '../../support/test-server.ts'

const minuteMs = 60_000

describe.each(databases)('limits of two servers on one database, %s', (name) => {
  let dataDir = ''
  let clock: SteppedClock
  let database: TestDatabase | null
  let servers: { readonly context: ServerContext; readonly app: FastifyInstance }[] = []
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'terrain-limits-'))
    database = name === 'PostgreSQL' ? await createDatabase() : null
    clock = steppedClock()
    servers = [await start(), await start()]
  })
  afterEach(async () => {
    for (const server of servers) await stop(server)
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  async function start(): Promise<(typeof servers)[number]> {
    const config = { port: 0, host: '127.0.0.1', dataDir, publicUrl: 'http://localhost:8080', logLevel: 'silent' as const, ...(database === null ? {} : { databaseUrl: database.url }) }
    const context = await openContext(config, { log: createLog('silent'), clock, chance: seededChance(dataDir), appDir: null })
    return { context, app: (await createApp(context)).app }
  }

  async function stop({ app, context }: (typeof servers)[number]): Promise<void> {
    await app.close()
    await context.store.close()
  }

  async function joinOn(server: number, remoteAddress = '198.51.100.7'): Promise<{ readonly status: number; readonly wait: number }> {
    const response = await servers[server]?.app.inject({ method: 'POST', url: '/api/v1/join', remoteAddress, headers: { 'x-terrain': '1' }, payload: {} })
    return { status: response?.statusCode ?? 0, wait: Number(response?.headers['retry-after']) }
  }

  it('[SE43] what is asked of both is counted together, by caller and route, until the minute is over', async () => {
    for (let call = 0; call < 60; call += 1) expect((await joinOn(call % 2)).status).toBe(400)
    const refused = [await joinOn(0), await joinOn(1)]
    expect(refused.map(({ status }) => status)).toEqual([429, 429])
    expect(refused.every(({ wait }) => wait > 0 && wait <= 60)).toBe(true)
    expect((await joinOn(0, '198.51.100.8')).status).toBe(400)
    expect((await servers[0]?.app.inject({ method: 'POST', url: '/api/v1/session', remoteAddress: '198.51.100.7', headers: { 'x-terrain': '1' }, payload: {} }))?.statusCode).toBe(400)
    clock.advance(minuteMs)
    expect((await joinOn(1)).status).toBe(400)
  })

  it('[SE43] a server that starts anew does not forget who has asked too often', async () => {
    for (let call = 0; call < 60; call += 1) await joinOn(0)
    const [first] = servers
    if (first !== undefined) await stop(first)
    servers[0] = await start()
    expect((await joinOn(0)).status).toBe(429)
  })

  it('[SE43] calls at the same moment are each counted, what is refused is not written, and what has ended is swept up', async () => {
    const [one, two] = servers.map(({ context }) => context.store.rateLimits)
    if (one === undefined || two === undefined) throw new Error('two servers')
    const hit = (at: number, key = 'a') => (at % 2 === 0 ? one : two).hit({ key, now: 1000, windowMs: minuteMs, max: 30 })
    const counts = (await Promise.all(Array.from({ length: 40 }, (_, at) => hit(at)))).map(({ hits }) => hits)
    expect(counts.toSorted((a, b) => a - b)).toEqual([...Array.from({ length: 31 }, (_, at) => at + 1), ...Array.from({ length: 9 }, () => 31)])
    expect(await two.hit({ key: 'b', now: 1000 + minuteMs, windowMs: minuteMs, max: 30 })).toEqual({ hits: 1, endsAt: 1000 + 2 * minuteMs })
    expect((await one.hit({ key: 'a', now: 1000 + minuteMs, windowMs: minuteMs, max: 30 })).hits).toBe(1)
  })

  it('[SE652] what a clock ahead of time has counted refuses nobody once it is set back, and brings no used challenge back', async () => {
    const aheadMs = 400 * 24 * 60 * minuteMs
    clock.advance(aheadMs)
    for (let call = 0; call < 61; call += 1) await joinOn(0)
    const [one] = servers
    if (one === undefined) throw new Error('a server')
    const { challenge } = createChallenge(one.context)
    expect([(await joinOn(1)).status, isChallengeGood(one.context, challenge)]).toEqual([429, true])
    clock.advance(-aheadMs)
    expect([(await joinOn(1)).status, isChallengeGood(one.context, challenge)]).toEqual([400, false])
    // It is a window like any other from then on.
    for (let call = 0; call < 60; call += 1) await joinOn(0)
    expect((await joinOn(1)).wait).toBeLessThanOrEqual(60)
  })

  it('[SE874] where the disk is so full that nothing can be counted, what is only read is answered, and no other failure lets anybody through', async () => {
    const [one] = servers
    if (one === undefined) throw new Error('no server')
    const read = async (error: Error) => {
      const { app } = await createApp({ ...one.context, store: { ...one.context.store, rateLimits: { ...one.context.store.rateLimits, hit: () => Promise.reject(error) } } })
      const { statusCode } = await app.inject({ url: '/r/none-1-abc123' })
      await app.close()
      return statusCode
    }
    expect([await read(Object.assign(new Error('database or disk is full'), { errcode: 13 })), await read(Object.assign(new Error('could not extend file'), { code: '53100' })), await read(new Error('gone'))]).toEqual([404, 404, 500])
  })

  it('[SE43] no address is kept', async () => {
    await joinOn(0)
    const rows = database === null ? sqliteRows(join(dataDir, 'terrain.db')) : await database.query('select * from rate_limits')
    expect([rows.length, JSON.stringify(rows).includes('198')]).toEqual([1, false])
  })
})

function sqliteRows(path: string): readonly unknown[] {
  const opened = openDatabase(path)
  const rows = opened.prepare('select * from rate_limits').all()
  opened.close()
  return rows
}

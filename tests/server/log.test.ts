import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { createApp } from '#server/http/create-app.ts'
import { createLog } from '#server/log.ts'
import { toldInWords } from '#server/told-error.ts'
import { ScriptDevice, systemDeps } from '../../demo/script-device.ts'
import { aChallenge } from '../support/contents.ts'
import { databases } from '../support/databases.ts'
import { createDatabase } from '../support/postgres/database.ts'
import type { TestDatabase } from '../support/postgres/database.ts'
import { readMetrics } from '../support/read-metrics.ts'
import { ServerProcess } from '../support/server-process.ts'
import { startTestServer } from '../support/test-server.ts'

/** Stands in everything that a person or a script could write, and in nothing else. */
const secret = 'geheim'
const token = `${secret}-${secret}-${secret}`
/** Of a person, as the proxy before the server tells it. */
const address = '203.0.113.9'
const entryId = '019ca869-5002-7fed-ab57-f968f6fbac73'

interface Sent {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Each route with the word in its path, its query, its headers and its body, signed in and not. */
function requestsFor(routes: readonly string[], session: Readonly<Record<string, string>>): readonly Sent[] {
  return routes.flatMap((route) => {
    const [method = '', pattern = ''] = route.split(' ')
    const bodies = ['GET', 'HEAD', 'DELETE'].includes(method) ? [{}] : [{ body: JSON.stringify({ name: secret, invite: secret, words: secret, reason: secret, [secret]: secret, content: { description: secret } }) }, { body: `{"${secret}":` }]
    const metadata = `filename ${Buffer.from(`${secret}.jpg`).toString('base64')},sha256 ${Buffer.from(secret).toString('base64')}`
    const outside = { 'x-terrain': '1', 'x-forwarded-for': address, 'upload-metadata': metadata, 'tus-resumable': '1.0.0', 'upload-length': '9', 'user-agent': secret, cookie: `terrain=${secret}`, 'content-type': 'application/json' }
    const inside = { ...session, 'x-terrain': '1', 'x-forwarded-for': address, 'content-type': method === 'PATCH' && pattern.includes('/files') ? 'application/offset+octet-stream' : 'application/json' }
    return bodies.flatMap((body) => ([[secret, outside], [entryId, inside]] as const).map(([fill, headers]) => ({ method, url: `${pattern.replaceAll(/:[a-z0-9]+/g, fill)}?q=${secret}&state=${secret}&limit=2`, headers: headers as Readonly<Record<string, string>>, ...body })))
  })
}

/** Words, names, an invite, a photo that is none and a voice note, brought as a phone brings them. */
async function liveOn(server: ServerProcess): Promise<ScriptDevice> {
  const ruth = await ScriptDevice.join(systemDeps(server.url), server.invite, { name: `Ruth ${secret}`, organisation: secret, language: 'en' })
  const bytes = Buffer.from(`${secret} is no picture`)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const record = ruth.change('record', { content: aChallenge({ description: `The well is dry, ${secret}.`, place: secret, quote: secret, consentQuote: true, consentPhoto: true, photos: [{ sha256: sha256 as never, bytes: bytes.length, type: 'image/jpeg', width: 9, height: 9, thumb: { sha256: 'b'.repeat(64) as never, bytes: 20 } }] }) })
  await ruth.push([record, ruth.change('comment', { text: secret, lang: 'en' }, { entryId: record.entryId })])
  const metadata = Object.entries({ sha256, type: 'image/jpeg', entryId: record.entryId, campaignId: ruth.joined.campaign.id }).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
  const upload = { ...ruth.headers, 'tus-resumable': '1.0.0' }
  const made = await fetch(`${server.url}/api/v1/files`, { method: 'POST', headers: { ...upload, 'upload-length': String(bytes.length), 'upload-metadata': metadata } })
  await fetch(`${server.url}/api/v1/files/${made.headers.get('location')?.split('/').at(-1) ?? ''}`, { method: 'PATCH', headers: { ...upload, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, body: bytes })
  return ruth
}

describe.each(databases)('the whole log of a server at its most talkative, on %s', (name) => {
  let server: ServerProcess
  let database: TestDatabase | null = null
  afterEach(async () => {
    await server.kill()
    await rm(server.dataDir, { recursive: true, force: true })
    await database?.drop()
  })

  it('[SE202] [OP2] holds nothing of what was sent by every route, also while the database fails and is gone; nor do its metrics', async () => {
    const { routes, close } = await startTestServer()
    await close()
    database = name === 'PostgreSQL' ? await createDatabase() : null
    server = await ServerProcess.create(await mkdtemp(join(tmpdir(), 'terrain-log-')), { LOG_LEVEL: 'debug', METRICS_PORT: '0', METRICS_TOKEN: token, BACKUP_EVERY: '1', ...(database === null ? {} : { DATABASE_URL: database.url }) })
    await server.start()
    const databaseHost = database === null ? 'none' : new URL(database.url).host
    const { invite } = server
    const ruth = await liveOn(server)
    const send = async ({ method, url, headers, body }: Sent) => (await fetch(`${server.url}${url}`, { method, headers, ...(body === undefined ? {} : { body }) })).status
    const statuses: number[] = []
    const requests = requestsFor(routes.filter((route) => route.includes(' /api/') || route.includes(' /r/')), ruth.headers)
    for (let at = 0; at < requests.length; at += 10) statuses.push(...(await Promise.all(requests.slice(at, at + 10).map(send))))
    const metrics = await metricsOf(server)
    // A table that is gone is a fault of ours, which the database explains with the statement and its values.
    await damage(server.dataDir, database, 'alter table changes rename to gone')
    const request = await ruth.requestFor([ruth.change('record', { content: aChallenge({ description: secret }) })])
    const failed = await send({ method: 'POST', url: '/api/v1/sync', headers: ruth.headers, body: JSON.stringify(request) })
    await database?.drop()
    const gone = database === null ? 503 : await send({ method: 'POST', url: '/api/v1/sync', headers: ruth.headers, body: JSON.stringify(request) })
    database = null
    // The answer may be here before the line is.
    while (!server.output.includes('a request failed')) await wait(10)
    const { output } = server
    await server.kill('SIGTERM')

    expect(readMetrics(metrics).value('terrain_changes_total', { outcome: 'stored' })).toBeGreaterThanOrEqual(2)
    expect([new Set(statuses).has(200), new Set(statuses).has(401), failed]).toEqual([true, true, 500])
    expect(gone).toBeGreaterThanOrEqual(500)
    // Where the database is may be told: whoever starts the server named it.
    const lines = output.replaceAll(databaseHost, 'database').split('\n').filter((line) => line.startsWith('{'))
    expect(lines.filter((line) => line.includes('"answered"')).length).toBeGreaterThan(150)
    expect(lines.some((line) => line.includes('a request failed') && line.includes('"stack"'))).toBe(true)
    const key = ruth.privateKey.split('\n')[1] ?? 'no key'
    const words = [secret, 'The well', invite.split('#').at(-1) ?? 'no invite', ruth.joined.session?.token ?? 'no token', ruth.joined.credential, key, address, '127.0.0.1:', 'postgres:']
    // The lines that hold one are the finding: of a word alone nobody could say where it stood.
    expect([...lines, ...metrics.split('\n')].filter((line) => words.some((word) => line.includes(word)))).toEqual([])
  })
})

/** As Prometheus asks, at the port that the log names. */
async function metricsOf(server: ServerProcess): Promise<string> {
  const port = /"port":(\d+),"msg":"metrics are told here"/.exec(server.output)?.[1] ?? '0'
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  expect([answer.status, (await fetch(`http://127.0.0.1:${port}/metrics`)).status]).toEqual([200, 401])
  return answer.text()
}

async function damage(dataDir: string, database: TestDatabase | null, statement: string): Promise<void> {
  if (database !== null) return void (await database.query(statement))
  const sqlite = new DatabaseSync(join(dataDir, 'terrain.db'))
  sqlite.exec(`pragma busy_timeout = 5000; ${statement}`)
  sqlite.close()
}

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('errors in the log', () => {
  const fieldsOfDatabase = { code: '23502', detail: `Failing row contains (1, ${secret}).`, where: secret, table: 'changes' }
  class DatabaseError extends Error {}
  const errors: readonly (readonly [string, () => unknown])[] = [
    ['JSON that does not parse', () => JSON.parse(`{"a": ${secret}}`)],
    ['a schema that does not fit', () => v.parse(v.picklist(['a']), secret)],
    ['a row that the database refuses', () => {
      throw Object.assign(new DatabaseError(`invalid input syntax: "${secret}"`), fieldsOfDatabase)
    }],
    ['SQLite', () => new DatabaseSync(':memory:').exec(`select "${secret}" from ${secret}`)],
    ['a language that nobody knows', () => new Intl.DateTimeFormat(`${secret}-${secret}-x-${secret.repeat(3)}`)],
    ['an error around another one', () => {
      throw new Error('could not be read', { cause: new SyntaxError(secret) })
    }],
    ['words that were thrown', () => {
      // oxlint-disable-next-line typescript/only-throw-error -- what a library may do
      throw secret
    }],
  ]

  it.each(errors)('[SE202] of %s type and place are told, and no word of it', (_what, run) => {
    const lines: string[] = []
    const log = createLog('debug', { write: (line) => void lines.push(line) })
    const error = thrownBy(run)
    log.error({ err: error }, 'it failed')
    expect(toldInWords(error)).not.toContain(secret)
    expect(lines.join('')).toMatch(/"err":\{"type":"\w+"/)
    expect(lines.join('')).not.toContain(secret)
  })

  it('[SE202] what an operator can mend is told in words', () => {
    expect(toldInWords(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' }))).toBe('ENOSPC: no space left on device, write')
    expect(toldInWords(new SyntaxError(secret))).toBe('SyntaxError')
  })

  it('[SE202] a route that fails is told with its request, its route and where it failed', async () => {
    const server = await startTestServer()
    const lines: string[] = []
    const { app } = await createApp({ ...server.context, log: createLog('info', { write: (line) => void lines.push(line) }), store: { ...server.context.store, check: () => Promise.reject(new SyntaxError(secret)) } })
    expect((await app.inject({ url: '/api/v1/ready' })).statusCode).toBe(500)
    await app.close()
    await server.close()
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 50, request: expect.any(String), route: '/api/v1/ready', err: { type: 'SyntaxError', stack: expect.arrayContaining([expect.stringContaining('log.test.ts')]) } })
    expect(lines.join('')).not.toContain(secret)
  })
})

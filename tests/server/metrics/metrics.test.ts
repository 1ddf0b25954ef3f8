import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '#server/http/create-app.ts'
import { hasLittleRoom } from '#server/http/health.ts'
import { measuredStore } from '#server/metrics/measured-store.ts'
import { serveMetrics } from '#server/metrics/metrics-server.ts'
import type { MetricsServer } from '#server/metrics/metrics-server.ts'
import { createMetrics } from '#server/metrics/metrics.ts'
import type { Metrics } from '#server/metrics/metrics.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { readMetrics } from '../../support/read-metrics.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

let server: TestServer
let app: FastifyInstance
let metrics: Metrics
let told: MetricsServer | null
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terrain-metrics-'))
  server = await startTestServer()
  metrics = createMetrics({ store: server.context.store, uploadDir: server.context.uploadDir, folders: { data: folder }, version: '1.2.3', database: 'sqlite', backupStatus: () => null, backupEveryMs: 900_000, isStopping: () => false })
  app = (await createApp({ ...server.context, store: measuredStore(server.context.store, metrics), metrics })).app
  told = null
})
afterEach(async () => {
  await told?.close()
  await app.close()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const read = async () => readMetrics(await metrics.text())

async function push(device: ScriptDevice, changes: readonly ReturnType<ScriptDevice['change']>[], alter: (text: string) => string = (text) => text): Promise<void> {
  const payload = alter(JSON.stringify(await device.requestFor(changes)))
  expect((await app.inject({ method: 'POST', url: '/api/v1/sync', headers: device.headers, payload })).statusCode).toBe(200)
}

describe('what is counted', () => {
  it('[OP5] requests by route and class, changes by what became of them, each once', async () => {
    const awa = await server.join('volunteer')
    const record = awa.change('record', { content: aChallenge() })
    await push(awa, [record])
    await push(awa, [record])
    await push(awa, [record], (text) => text.replace('"content":{', '"content":{"later":1,'))
    await app.inject({ url: '/api/v1/entries' })
    const now = await read()
    expect(now.value('terrain_http_request_duration_seconds_count', { method: 'POST', route: '/api/v1/sync', status: '2xx' })).toBe(3)
    expect(now.value('terrain_http_request_duration_seconds_count', { method: 'GET', route: '/api/v1/entries', status: '4xx' })).toBe(1)
    const outcomes = ['stored', 'duplicate', 'quarantined', 'mismatch', 'forked'].map((outcome) => now.value('terrain_changes_total', { outcome }))
    expect(outcomes).toEqual([1, 1, 1, 0, 0])
    expect(now.value('terrain_changes_set_aside_total', { reason: 'bad-seal' })).toBe(1)
    expect(now.value('terrain_store_duration_seconds_count', { part: 'changes' })).toBeGreaterThanOrEqual(3)
  })

  it('[OP5] who asks too often, what fails and what is kept', async () => {
    const awa = await server.join('volunteer')
    for (let call = 0; call < 64; call += 1) await app.inject({ method: 'POST', url: '/api/v1/join', headers: { 'x-terrain': '1' }, payload: {} })
    const broken = measuredStore({ ...server.context.store, epoch: () => Promise.reject(new Error('gone')) }, metrics)
    await expect(broken.epoch()).rejects.toThrow('gone')
    const file = { sha256: 'a'.repeat(64) as never, campaignId: server.campaign.id, entryId: awa.change('record', { content: aChallenge() }).entryId, type: 'audio/webm', bytes: 700, uploadedBy: awa.joined.member.id, storedAt: '2026-03-01T08:00:00.000Z' as never, shownSha256: null, original: 'kept' as const }
    await broken.files.put(file)
    const now = await read()
    expect([now.value('terrain_http_limited_total'), now.value('terrain_store_failures_total', { part: 'store' }), now.value('terrain_files_kept_total', { kind: 'voice' }), now.value('terrain_files_kept_bytes_total')]).toEqual([5, 1, 1, 700])
  })

  it('[OP6] uploads that are whole and not kept are told apart from those that were broken off', async () => {
    const { uploadDir } = server.context
    await mkdir(uploadDir, { recursive: true })
    const before = new Date(Date.now() - 300_000)
    const upload = async (id: string, bytes: number, at: Date) => {
      await writeFile(join(uploadDir, `${id}.json`), JSON.stringify({ id, size: 6, offset: 0 }))
      await writeFile(join(uploadDir, id), 'x'.repeat(bytes))
      await utimes(join(uploadDir, id), at, at)
    }
    await upload('broken-off', 3, before)
    await upload('arriving', 6, new Date())
    await writeFile(join(uploadDir, 'damaged.json'), '{')
    const values = async () => ['terrain_uploads_unfinished', 'terrain_uploads_not_kept'].map(((now) => (name: string) => now.value(name))(await read()))
    expect(await values()).toEqual([3, 0])
    await upload('refused', 6, before)
    expect(await values()).toEqual([4, 1])
  })

  it('[OP3] what was set aside, what no backup holds and when one was verified come from the database', async () => {
    const awa = await server.join('volunteer')
    const record = awa.change('record', { content: aChallenge() })
    await push(awa, [record], (text) => text.replace('"content":{', '"content":{"later":1,'))
    await push(awa, [record])
    const before = await read()
    expect([before.value('terrain_changes_set_aside'), before.value('terrain_changes_not_backed_up'), before.value('terrain_backup_verified_timestamp_seconds'), before.value('terrain_store_up')]).toEqual([1, 2, 0, 1])
    await server.context.store.backup.raiseSafeSeq(await server.context.store.epoch(), new Map([[server.campaign.id, 1]]))
    await server.context.store.upkeep.noteVerified('2026-03-01T08:00:00.000Z' as never)
    const after = await read()
    expect([after.value('terrain_changes_not_backed_up'), after.value('terrain_backup_verified_timestamp_seconds')]).toEqual([1, Date.UTC(2026, 2, 1, 8) / 1000])
    // A process that has made none itself knows of it too.
    const other = (await createApp({ ...server.context, backupStatus: () => ({ verifiedAt: null, failing: false }) })).app
    expect((await other.inject({ url: '/api/v1/ready' })).json()).toEqual({ status: 'ready', backup: { verifiedAt: '2026-03-01T08:00:00.000Z', failing: false }, disk: { low: expect.any(Boolean) } })
    await other.close()
    expect(after.value('terrain_disk_free_bytes', { folder: 'data' })).toBeGreaterThan(0)
  })

  it('[OP3] while the database does not answer, nothing old is told in its place', async () => {
    let answers = true
    const store = { upkeep: { ...server.context.store.upkeep, look: () => (answers ? server.context.store.upkeep.look() : Promise.reject(new Error('gone'))) } }
    const own = createMetrics({ store, uploadDir: folder, folders: {}, version: '1', database: 'postgres', backupStatus: () => null, backupEveryMs: null, isStopping: () => true })
    expect(readMetrics(await own.text()).value('terrain_changes_set_aside')).toBe(0)
    answers = false
    const now = readMetrics(await own.text())
    expect([now.value('terrain_store_up'), now.value('terrain_changes_set_aside'), now.value('terrain_stopping')]).toEqual([0, undefined, 1])
    answers = true
    expect(readMetrics(await own.text()).value('terrain_changes_set_aside')).toBe(0)
  })

  it('[OP760] who is ready says beside it whether the disk of the data has less than a tenth free, and nothing where nobody can say', async () => {
    expect((await app.inject({ url: '/api/v1/ready' })).json()).toMatchObject({ status: 'ready', disk: { low: expect.any(Boolean) } })
    expect([hasLittleRoom({ bavail: 9, blocks: 100 }), hasLittleRoom({ bavail: 10, blocks: 100 }), hasLittleRoom({ bavail: 0, blocks: 0 }), hasLittleRoom(null)]).toEqual([true, false, false, false])
  })

  it('[SE873] a full disk is no reason to give a process up: what is there can be read, and what says that it is low is told', async () => {
    const full = Object.assign(new Error('database or disk is full'), { errcode: 13 })
    for (const [error, status, body] of [[full, 200, { status: 'ready', disk: { low: true } }], [Object.assign(new Error('could not extend file'), { code: '53100' }), 200, { disk: { low: true } }], [Object.assign(new Error('read-only'), { errcode: 8 }), 500, {}]] as const) {
      const own = (await createApp({ ...server.context, store: { ...server.context.store, check: () => Promise.reject(error) } })).app
      const ready = await own.inject({ url: '/api/v1/ready' })
      expect([ready.statusCode, ready.json()]).toEqual([status, expect.objectContaining(body)])
      await own.close()
    }
  })

  it('[OP16] a database that says nothing is told to be away before who asks gives up, and the server says that it is not ready', async () => {
    const silent = () => new Promise<never>(() => undefined)
    const { context } = server
    const store = { ...context.store, check: silent, upkeep: { ...context.store.upkeep, look: silent } }
    const own = createMetrics({ store, uploadDir: folder, folders: {}, version: '1', database: 'postgres', backupStatus: () => null, backupEveryMs: null, isStopping: () => false })
    const { app } = await createApp({ ...context, store })
    const began = performance.now()
    const [text, ready] = await Promise.all([own.text(), app.inject({ url: '/api/v1/ready' })])
    expect([readMetrics(text).value('terrain_store_up'), ready.statusCode]).toEqual([0, 503])
    expect(performance.now() - began).toBeLessThan(9_000)
    await app.close()
  }, 20_000)
})

describe('what is not told', () => {
  it('[OP2] nothing that people wrote, are called or came from, and no more series after more of it', async () => {
    const ruth = await server.join('coordinator', { name: 'Ruth Geheim' })
    const records = Array.from({ length: 3 }, (_, n) => ruth.change('record', { content: aChallenge({ description: `Geheim number ${n} near the well` }) }))
    const ask = (url: string, remoteAddress: string) => app.inject({ url, remoteAddress, headers: ruth.headers })
    await push(ruth, records.slice(0, 1))
    for (const url of ['/api/v1/entries?q=Geheim', '/nobody/Geheim', '/api/v1/entries/Geheim', '/r/Geheim']) await ask(url, '198.51.100.7')
    const before = await metrics.text()
    await push(ruth, records.slice(1))
    for (const url of ['/api/v1/entries?q=Geheim2', '/nobody/Geheim2', '/api/v1/entries/Geheim2', '/r/Geheim2']) await ask(url, '198.51.100.8')
    const text = await metrics.text()
    for (const secret of ['eheim', 'Ruth', 'well', '198.51', ruth.deviceId, ruth.joined.member.id, server.campaign.id, String(records[0]?.entryId), ruth.headers['authorization'] ?? 'none']) expect(text).not.toContain(secret)
    const series = (of: string) => new Set(readMetrics(of).series.filter((name) => name.startsWith('terrain_')))
    expect(series(text)).toEqual(series(before))
  })

  it('[OP2] a method that nobody uses and the hundreds of files of the app are one each', async () => {
    for (const route of ['/assets/app-abc.js', '/assets/desk-def.js', '/', undefined]) metrics.answered({ method: 'GET', route, status: 200, ms: 1 })
    for (const method of ['PROPFIND', 'TRACE']) metrics.answered({ method, route: undefined, status: 404, ms: 1 })
    const now = await read()
    expect([now.value('terrain_http_request_duration_seconds_count', { method: 'GET', route: 'app', status: '2xx' }), now.value('terrain_http_request_duration_seconds_count', { method: 'other', route: 'none', status: '4xx' })]).toEqual([4, 2])
  })
})

describe('who may ask', () => {
  const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${told?.port ?? 0}${path}`, init)

  it('[OP1] the app itself tells nothing', async () => {
    for (const url of ['/metrics', '/api/v1/metrics']) expect((await app.inject({ url })).statusCode).toBe(404)
  })

  it('[OP1] the port of its own answers one address and no writes', async () => {
    told = await serveMetrics({ port: 0, host: '127.0.0.1', token: null }, metrics)
    const answer = await ask('/metrics')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')])
    expect(await answer.text()).toContain('terrain_store_up 1')
    expect([(await ask('/')).status, (await ask('/metrics', { method: 'POST' })).status, (await ask('/metrics?x=1')).status]).toEqual([404, 404, 404])
  })

  it('[OP1] where a token is asked for, nothing is told without it', async () => {
    told = await serveMetrics({ port: 0, host: '127.0.0.1', token: 'a-long-token-of-ours' }, metrics)
    const by = async (authorization?: string) => (await ask('/metrics', authorization === undefined ? {} : { headers: { authorization } })).status
    expect([await by(), await by('Bearer a-long-token-of-our'), await by('a-long-token-of-ours'), await by('Bearer a-long-token-of-ours')]).toEqual([401, 401, 401, 200])
  })
})
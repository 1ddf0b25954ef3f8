import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CampaignId, ChangeId } from '#domain/ids.ts'
import { openedInert } from '#server/files/inert-shelf.ts'
import { openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { ScriptDevice, systemDeps } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { FailoverProxy } from '../../support/failover-proxy.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import type { TestDatabase } from '../../support/postgres/database.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'
import { ServerProcess } from '../../support/server-process.ts'
import { trickle } from '../../support/trickle-upload.ts'

const rounds = process.env['TERRAIN_TEST'] === 'deep' ? 20 : 1
const passing = new Set([502, 503])

let database: TestDatabase
let dataDir = ''
let servers: readonly ServerProcess[] = []
let proxy: FailoverProxy

const start = async (): Promise<void> => {
  database = await createDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'terrain-rolling-'))
  servers = await Promise.all([1, 2].map(() => ServerProcess.create(dataDir, { DATABASE_URL: database.url, SHUTDOWN_DELAY: '0.5' })))
  await Promise.all(servers.map((server) => server.start()))
  proxy = await FailoverProxy.start(servers.map(({ url }) => url))
}
const stop = async (): Promise<void> => {
  await proxy.close()
  for (const server of servers) await server.kill()
  await rm(dataDir, { recursive: true, force: true })
  await database.drop()
}

interface Load {
  isOver: boolean
  requests: number
  sentAgain: number
}

/** As a phone does: what is not answered, or answered with "come again", is sent again; any other refusal fails the test. */
async function answered(load: Load, path: string, init: RequestInit): Promise<unknown> {
  for (let tries = 0; tries < 50; tries += 1) {
    load.requests += 1
    const response = await fetch(`${proxy.url}${path}`, init).catch(() => null)
    if (response?.ok === true) return response.json()
    if (response !== null && !passing.has(response.status)) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`)
    load.sentAgain += 1
    await wait(50)
  }
  throw new Error(`${path} was never answered`)
}

async function pushUntilOver(device: ScriptDevice, load: Load): Promise<ReadonlyMap<ChangeId, number>> {
  const acknowledged = new Map<ChangeId, number>()
  while (!load.isOver) {
    const changes = Array.from({ length: 1 + ((randomBytes(1)[0] ?? 0) % 4) }, () => device.change('record', { content: aChallenge() }))
    const { results } = (await answered(load, '/api/v1/sync', { method: 'POST', headers: device.headers, body: JSON.stringify(await device.requestFor(changes, { after: 1_000_000_000 })) })) as Awaited<ReturnType<ScriptDevice['post']>>
    await device.advance(changes)
    for (const [at, { id, status, seq }] of results.entries()) {
      expect(['stored', 'duplicate']).toContain(status)
      expect(id).toBe(changes[at]?.id)
      acknowledged.set(id as ChangeId, Number(seq))
    }
    await wait(5)
  }
  return acknowledged
}

async function readUntilOver(device: ScriptDevice, load: Load): Promise<void> {
  while (!load.isOver) {
    for (const path of ['/api/v1/entries?limit=5', '/api/v1/me']) await answered(load, path, { headers: device.headers })
    await wait(5)
  }
}

async function restartEach(load: Load): Promise<readonly (number | null)[]> {
  const codes: (number | null)[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const server of servers) {
      await wait(500)
      codes.push(await server.kill('SIGTERM'))
      await server.start()
    }
  }
  load.isOver = true
  return codes
}

describe('two processes behind a proxy', () => {
  beforeEach(start)
  afterEach(stop)

  it(`[SE204] [SE203] restarted ${rounds} times in turn under load: every request is answered, no change is lost, and an upload goes on where it was`, { timeout: 60_000 + rounds * 60_000 }, async () => {
    const deps = systemDeps(proxy.url)
    const ruth = await ScriptDevice.join(deps, servers[0]?.invite ?? '', { name: 'Ruth', language: 'en' })
    const { url: link } = (await answered({ isOver: false, requests: 0, sentAgain: 0 }, '/api/v1/invites', { method: 'POST', headers: ruth.headers, body: '{"role":"volunteer","uses":9,"days":1}' })) as { readonly url: string }
    const [awa, nia, ben] = (await Promise.all(['Awa', 'Nia', 'Ben'].map((name) => ScriptDevice.join(deps, link, { name, language: 'fr' })))) as [ScriptDevice, ScriptDevice, ScriptDevice]
    const campaign = ruth.joined.campaign.id as CampaignId
    const bytes = randomBytes(7_000_000)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const record = ben.change('record', { content: aChallenge({ consentPhoto: true, photos: [{ sha256: sha256 as never, bytes: bytes.length, type: 'image/jpeg', width: 9, height: 9, thumb: { sha256: 'b'.repeat(64) as never, bytes: 20 } }] }) })
    await ben.push([record])
    const metadata = Object.entries({ sha256, type: 'image/jpeg', entryId: record.entryId, campaignId: campaign }).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
    const load: Load = { isOver: false, requests: 0, sentAgain: 0 }
    const upload = trickle({ isSlow: () => !load.isOver, url: proxy.url, headers: { authorization: ben.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0' }, metadata, id: `${campaign}.${ben.deviceId}.${sha256}`, bytes })

    const working = Promise.all([pushUntilOver(awa, load), pushUntilOver(nia, load), readUntilOver(ruth, load)])
    const codes = await restartEach(load)
    const [fromAwa, fromNia] = await working
    const resumedAt = await upload

    expect(new Set(codes)).toEqual(new Set([0]))
    expect(load.requests).toBeGreaterThan(100)
    expect(resumedAt.length).toBeGreaterThan(0)
    for (const [at, place] of resumedAt.entries()) expect(place).toBeGreaterThanOrEqual(resumedAt[at - 1] ?? 1)
    const kept = await readFile(join(dataDir, 'files/received', campaign, sha256.slice(0, 2), sha256))
    expect(createHash('sha256').update(openedInert('received', { sha256: sha256 as never }, kept)).digest('hex')).toBe(sha256)
    const store = await openPostgresStore({ url: database.url, clock: steppedClock(), chance: seededChance('after') })
    const stored = await store.changes.scan(campaign, 0, 1_000_000)
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: stored.length }, (_, index) => index + 1))
    const bySeq = new Map(stored.map(({ id, seq }) => [id, seq] as const))
    for (const acknowledged of [fromAwa, fromNia]) for (const [id, seq] of acknowledged) expect(bySeq.get(id)).toBe(seq)
    expect(stored.filter(({ type }) => type === 'record')).toHaveLength(fromAwa.size + fromNia.size + 1)
    expect(await verifyCampaign(store, campaign)).toMatchObject({ missing: 0, quarantined: 0, faults: [] })
    await store.close()
  })

})

describe('one process', () => {
  it('[SE203] told to end, is alive but not ready, still answers, and says that the connection closes; none of that is a failure in the log', async () => {
    const server = await ServerProcess.create(await mkdtemp(join(tmpdir(), 'terrain-ending-')), { SHUTDOWN_DELAY: '1' })
    await server.start()
    const ask = async (path: string) => {
      const response = await fetch(`${server.url}/api/v1/${path}`)
      await response.arrayBuffer()
      return [response.status, response.headers.get('connection')] as const
    }
    expect([await ask('health'), await ask('ready')]).toEqual([[200, null], [200, null]])
    const ended = server.kill('SIGTERM')
    while ((await ask('health'))[1] !== 'close') await wait(10)
    expect([await ask('health'), await ask('ready'), await ask('me')]).toEqual([[200, 'close'], [503, 'close'], [401, 'close']])
    expect(await ended).toBe(0)
    await expect(fetch(`${server.url}/api/v1/health`)).rejects.toThrow('fetch failed')
    // Whoever reads the log for failures finds none in an end that was asked for.
    expect(server.output).not.toContain('a request failed')
    await rm(server.dataDir, { recursive: true, force: true })
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CampaignId, ChangeId } from '#domain/ids.ts'
import { problemStatus } from '#protocol/problem.ts'
import type { SyncResponse } from '#protocol/sync.ts'
import { openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { ScriptDevice, systemDeps } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { startCluster } from '../../support/postgres/cluster.ts'
import type { Cluster } from '../../support/postgres/cluster.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'
import { ServerProcess } from '../../support/server-process.ts'

const crashes = process.env['TERRAIN_TEST'] === 'deep' ? 40 : 3
let cluster: Cluster
let server: ServerProcess
beforeEach(async () => {
  // One of its own: the others of this run go on with theirs.
  cluster = await startCluster()
  server = await ServerProcess.create(await mkdtemp(join(tmpdir(), 'terrain-crash-')), { DATABASE_URL: cluster.url, LOG_LEVEL: 'silent' })
  await server.start()
})
afterEach(async () => {
  await server.kill()
  await cluster.stop()
  await rm(server.dataDir, { recursive: true, force: true })
})

interface Load {
  isOver: boolean
  readonly acknowledged: Map<ChangeId, number>
  readonly refusals: { readonly status: number; readonly retryAfter: string | null; readonly code: unknown }[]
}

it(`[SE18] a database that is killed ${crashes} times under load: the server says 503 and when to come again, goes on by itself, and has lost and doubled nothing`, { timeout: 60_000 + crashes * 20_000 }, async () => {
  const ruth = await ScriptDevice.join(systemDeps(server.url), server.invite, { name: 'Ruth', language: 'en' })
  const { url } = (await (await fetch(`${server.url}/api/v1/invites`, { method: 'POST', headers: ruth.headers, body: JSON.stringify({ role: 'volunteer', uses: 5 }) })).json()) as { readonly url: string }
  const devices = [ruth]
  for (let count = 0; count < 3; count += 1) devices.push(await ScriptDevice.join(systemDeps(server.url), url, { name: `Awa ${count}`, language: 'fr' }))
  const load: Load = { isOver: false, acknowledged: new Map(), refusals: [] }
  const pushing = Promise.all(devices.map((device) => pushUntil(device, load)))
  for (let crash = 0; crash < crashes; crash += 1) {
    const before = load.acknowledged.size
    while (load.acknowledged.size < before + 10) await wait(5)
    await wait((crash * 29) % 70)
    await cluster.crash()
    const ready = await fetch(`${server.url}/api/v1/ready`)
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '5'])
    await cluster.restart()
  }
  const before = load.acknowledged.size
  while (load.acknowledged.size < before + 10) await wait(5)
  load.isOver = true
  const pushed = (await pushing).flat()

  expect(load.refusals.length).toBeGreaterThan(0)
  expect(load.refusals.filter(({ status, retryAfter, code }) => status !== problemStatus.unavailable || retryAfter !== '5' || code !== 'unavailable')).toEqual([])
  await server.kill('SIGTERM')
  const store = await openPostgresStore({ url: cluster.url, clock: steppedClock(), chance: seededChance('after') })
  const campaign: CampaignId = ruth.joined.campaign.id
  const stored = await store.changes.scan(campaign, 0, 1_000_000)
  const seqs = new Map(stored.map(({ id, seq }) => [id, seq] as const))
  expect([...load.acknowledged].filter(([id, seq]) => seqs.get(id) !== seq)).toEqual([])
  expect([seqs.size, stored.length, new Set(pushed).size]).toEqual([pushed.length, pushed.length, pushed.length])
  expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1))
  expect(await verifyCampaign(store, campaign)).toMatchObject({ missing: 0, quarantined: 0, faults: [] })
  expect((await store.entries.rebuild(campaign)).differing).toEqual([])
  await store.close()
})

async function pushUntil(device: ScriptDevice, load: Load): Promise<readonly ChangeId[]> {
  const pushed: ChangeId[] = []
  while (!load.isOver) {
    const changes = [device.change('record', { content: aChallenge() })]
    const request = await device.requestFor(changes, { after: 1_000_000_000 })
    const answer = await answered(() => fetch(`${server.url}/api/v1/sync`, { method: 'POST', headers: device.headers, body: JSON.stringify(request) }), load)
    await device.advance(changes)
    for (const { id, status, seq } of answer.results) {
      expect(['stored', 'duplicate']).toContain(status)
      if (id !== null && seq !== undefined) load.acknowledged.set(id, seq)
    }
    pushed.push(...changes.map(({ id }) => id))
    await wait(5)
  }
  return pushed
}

/** The server itself always answers: a connection that breaks is a fault. */
async function answered(send: () => Promise<Response>, load: Load): Promise<SyncResponse> {
  for (;;) {
    const response = await send()
    if (response.ok) return (await response.json()) as SyncResponse
    const { code } = (await response.json()) as { readonly code?: unknown }
    load.refusals.push({ status: response.status, retryAfter: response.headers.get('retry-after'), code })
    await wait(50)
  }
}

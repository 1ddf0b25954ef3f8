import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { CampaignId, ChangeId } from '#domain/ids.ts'
import type { SyncRequest } from '#protocol/sync-request.ts'
import { openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import { openDatabase, openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'
import type { Store } from '#server/store/store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { ScriptDevice, systemDeps } from '../../../demo/script-device.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'
import { ServerProcess } from '../../support/server-process.ts'

const kills = process.env['TERRAIN_TEST'] === 'deep' ? 200 : 12
let server: ServerProcess
let kept: KeptData

/** Where the server keeps its data, and how it is looked at when the server is gone. */
interface KeptData {
  readonly variables: Readonly<Record<string, string>>
  readonly open: () => Promise<Store>
  readonly integrity: () => Promise<unknown>
  readonly remove: () => Promise<void>
}

const ground = () => ({ clock: steppedClock(), chance: seededChance('after') })

function keepInSqlite(dataDir: string): KeptData {
  const path = join(dataDir, 'terrain.db')
  return { variables: {}, open: () => openSqliteStore({ path, ...ground() }), integrity: () => Promise.resolve(integrityOf(path)), remove: () => Promise.resolve() }
}

async function keepInPostgres(): Promise<KeptData> {
  const { url, query, drop } = await createDatabase()
  return {
    variables: { DATABASE_URL: url }, open: () => openPostgresStore({ url, ...ground() }), remove: drop,
    // Every page of the table is read, and with it every checksum.
    integrity: async () => ((await query('select bool_and(length(text) > 0) as ok from changes'))[0]?.['ok'] === true ? 'ok' : 'broken'),
  }
}

describe.each([['SQLite', keepInSqlite], ['PostgreSQL', keepInPostgres]] as const)('on %s', (_name, keep) => {
  afterEach(async () => {
    await server.kill()
    await rm(server.dataDir, { recursive: true, force: true })
    await kept.remove()
  })

  it(`[SE14] a server that is killed ${kills} times in the middle of pushes loses no acknowledged change and doubles none`, { timeout: kills * 40_000 }, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'terrain-kills-'))
    kept = await keep(dataDir)
    server = await ServerProcess.create(dataDir, kept.variables)
    await server.start()
    const devices = await joinedDevices()
    const acknowledged = new Map<ChangeId, number>()
    const state = { isOver: false, resent: 0 }
    const pushing = devices.map((device) => pushUntil(device, state, acknowledged))
    for (let kill = 0; kill < kills; kill += 1) {
      const before = acknowledged.size
      while (acknowledged.size === before) await wait(5)
      await wait((kill * 37) % 120)
      await server.kill()
      await server.start()
    }
    state.isOver = true
    const pushed = (await Promise.all(pushing)).flat()
    await server.kill('SIGTERM')

    expect(state.resent).toBeGreaterThan(0)
    expect(await kept.integrity()).toBe('ok')
    const store = await kept.open()
    const campaign = devices[0]?.joined.campaign.id as CampaignId
    const stored = await store.changes.scan(campaign, 0, 1_000_000)
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: stored.length }, (_, index) => index + 1))
    expect(stored.map(({ id }) => String(id)).toSorted()).toEqual(pushed.toSorted())
    expect(new Map(stored.map(({ id, seq }) => [id, seq]))).toEqual(acknowledged)
    expect(new Set(stored.map(({ ref }) => ref)).size).toBe(stored.length)
    expect(await verifyCampaign(store, campaign)).toMatchObject({ missing: 0, quarantined: 0, faults: [] })
    expect((await store.entries.rebuild(campaign)).differing).toEqual([])
    await store.close()
  })
})

async function joinedDevices(): Promise<readonly ScriptDevice[]> {
  const deps = systemDeps(server.url)
  const first = await ScriptDevice.join(deps, server.invite, { name: 'Ruth', language: 'en' })
  const response = await fetch(`${server.url}/api/v1/invites`, { method: 'POST', headers: first.headers, body: JSON.stringify({ role: 'volunteer', uses: 5, days: 1 }) })
  const { url } = (await response.json()) as { readonly url: string }
  return [first, ...(await Promise.all(['Awa', 'Nia'].map((name) => ScriptDevice.join(deps, url, { name, language: 'fr' }))))]
}

/** Pushes run after run, each until it is answered, as a phone does; what was pushed comes back. */
async function pushUntil(device: ScriptDevice, state: { isOver: boolean; resent: number }, acknowledged: Map<ChangeId, number>): Promise<readonly ChangeId[]> {
  const pushed: ChangeId[] = []
  while (!state.isOver) {
    const length = 1 + ((randomBytes(1)[0] ?? 0) % 5)
    const changes = Array.from({ length }, (_, index) => device.change('record', { content: index % 2 === 0 ? aChallenge() : anAction() }))
    const answer = await answered(device, state, await device.requestFor(changes, { after: 1_000_000_000 }))
    await device.advance(changes)
    for (const { id, status, seq } of answer) {
      expect(['stored', 'duplicate']).toContain(status)
      if (id !== null && seq !== undefined) acknowledged.set(id, seq)
    }
    pushed.push(...changes.map(({ id }) => id))
    await wait(10)
  }
  return pushed
}

async function answered(device: ScriptDevice, state: { resent: number }, request: SyncRequest): Promise<Awaited<ReturnType<ScriptDevice['post']>>['results']> {
  for (;;) {
    try {
      return (await device.post(request)).results
    } catch (error) {
      // Only a connection that broke or was refused is tried again; an answer that refuses is a failure of this test.
      if (error instanceof Error && error.message.startsWith('sync was refused')) throw error
      state.resent += 1
      await wait(20)
    }
  }
}

function integrityOf(path: string): unknown {
  const database = openDatabase(path)
  const [answer] = Object.values(database.prepare('pragma integrity_check').get() ?? {})
  database.close()
  return answer
}

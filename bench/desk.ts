import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { FastifyInstance } from 'fastify'
import type { CampaignId, Instant } from '../src/domain/ids.ts'
import { topics } from '../src/domain/codes/code-lists.ts'
import { facetNames } from '../src/protocol/desk.ts'
import { sha256Of } from '../src/server/auth/secrets.ts'
import { createApp } from '../src/server/http/create-app.ts'
import { createLog } from '../src/server/log.ts'
import { openContext } from '../src/server/open-context.ts'
import { startCluster } from '../tests/support/postgres/cluster.ts'
import { dice, fillDeskCampaign } from './desk-data.ts'

export type DeskDatabase = 'SQLite' | 'PostgreSQL'

/** Milliseconds of each request by what was asked, and what preparing took. */
export type DeskSamples = Readonly<Record<string, readonly number[]>>

interface DeskRun {
  readonly databases: readonly DeskDatabase[]
  readonly entries: number
  readonly rounds: number
  /** A file that was filled before, to save the filling. */
  readonly filledFile?: string
  readonly say: (line: string) => void
}

/**
 * What the desk asks its server, on a campaign of many entries: every request through the whole server, session and JSON included.
 * The campaign is appended to SQLite once; PostgreSQL gets the same rows as a restored backup does.
 */
export async function measureDesk({ databases, entries, rounds, filledFile, say }: DeskRun): Promise<Readonly<Partial<Record<DeskDatabase, DeskSamples>>>> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-bench-'))
  const cluster = databases.includes('PostgreSQL') ? await startCluster() : null
  const samples: Partial<Record<DeskDatabase, DeskSamples>> = {}
  try {
    const sqlite = await openContext(configOf(folder), deps)
    await sqlite.store.close()
    if (filledFile !== undefined) await copyFile(filledFile, join(folder, 'terrain.db'))
    const filled = await openContext(configOf(folder), deps)
    if (filledFile === undefined) await timed('filled', say, () => fillDeskCampaign(filled.store, entries))
    if (databases.includes('SQLite')) samples.SQLite = await measureOn(configOf(folder), rounds)
    if (cluster !== null) {
      const postgres = await openContext(configOf(folder, cluster.url), deps)
      await timed('loaded into PostgreSQL', say, () => filled.store.backup.dump((rows) => postgres.store.backup.load(rows, null)))
      await postgres.store.close()
      samples.PostgreSQL = await measureOn(configOf(folder, cluster.url), rounds)
    }
    await filled.store.close()
    return samples
  } finally {
    await cluster?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const deps = { log: createLog('silent'), clock: { now: () => Date.now() }, chance: { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) }, appDir: null }

function configOf(folder: string, databaseUrl?: string): Parameters<typeof openContext>[0] {
  return { port: 0, host: '127.0.0.1', dataDir: folder, publicUrl: 'http://localhost:8080', logLevel: 'silent', ...(databaseUrl === undefined ? {} : { databaseUrl }) }
}

async function timed(what: string, say: (line: string) => void, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now()
  await work()
  say(`${what} in ${Math.round((performance.now() - began) / 1000)} s`)
}

export async function measureOn(config: Parameters<typeof openContext>[0], rounds: number): Promise<DeskSamples> {
  const context = await openContext(config, deps)
  const [campaign] = await context.store.campaigns.list()
  if (campaign === undefined) throw new Error('nothing was filled in')
  const { app } = await createApp(context)
  try {
    return await measureRequests(await asCoordinator(app, context.store, campaign.id), rounds)
  } finally {
    await app.close()
    await context.store.close()
  }
}

type Get = (path: string) => Promise<{ readonly total: number; readonly next: string | null }>

async function asCoordinator(app: FastifyInstance, store: Awaited<ReturnType<typeof openContext>>['store'], campaignId: CampaignId): Promise<Get> {
  const members = await store.members.list(campaignId)
  const coordinator = members.find(({ role }) => role === 'coordinator')
  const device = (await store.members.devices(campaignId)).find(({ memberId }) => memberId === coordinator?.id)
  if (coordinator === undefined || device === undefined) throw new Error('nobody coordinates')
  const token = 'bench-token-of-a-coordinator'
  await store.members.createSession({ tokenHash: sha256Of(token), campaignId, memberId: coordinator.id, deviceId: device.id, expiresAt: '2100-01-01T00:00:00.000Z' as Instant, usedAt: '2099-12-31T00:00:00.000Z' as Instant })
  return async (path) => {
    const response = await app.inject({ method: 'GET', url: `/api/v1${path}`, headers: { authorization: `Bearer ${token}` } })
    if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${response.body.slice(0, 200)}`)
    return JSON.parse(response.body) as Awaited<ReturnType<Get>>
  }
}

const sorts = ['oldest', 'newest', 'severity', 'waiting'] as const
const openFacets = 'kind,state,severity,topic,country'
const words = ['water', 'school', 'ecole', 'eau', 'escuela', 'المدرسه', 'الماء', 'вода', 'школа', '学校', '水', 'widow', 'n1234', 'rad', 'Place 12', 'water school closed', 'Awa', 'C-000777', 'c', 'généra']
const views = ['state=received&state=edited', 'state=hasIssues', 'state=approved', '', 'question=answered', 'conflict=fields&conflict=verdicts', 'warning=personal-phone', 'topic=EDU&country=HTI&q=water']

async function measureRequests(get: Get, rounds: number): Promise<DeskSamples> {
  const samples: Record<string, number[]> = {}
  const add = (name: string, value: number) => void (samples[name] = [...(samples[name] ?? []), value])
  const timed = async (name: string, path: string) => {
    const [began, used] = [performance.now(), process.cpuUsage()]
    const answer = await get(path)
    add(name, performance.now() - began)
    // What it would take on a machine that nobody else uses; PostgreSQL's own share is not in it.
    const { user, system } = process.cpuUsage(used)
    add(`${name}, processor`, (user + system) / 1000)
    return answer
  }
  await timed('first list after a start', `/entries?state=received&state=edited&facets=${openFacets}`)
  const roll = dice(11)
  for (let round = 0; round < rounds; round += 1) {
    const filter = someFilter(roll)
    const path = `/entries?sort=${sorts[round % sorts.length] ?? 'oldest'}&${filter}`
    let page = await timed('filtered, sorted page', path)
    if (page.next !== null) page = await timed('filtered, sorted page', `${path}&after=${page.next}`)
    const q = encodeURIComponent(words[round % words.length] ?? '')
    await timed('search', `/entries?q=${q}&sort=${sorts[round % sorts.length] ?? 'oldest'}`)
    await timed('search within filters', `/entries?q=${q}&${filter}`)
    await timed('page with the open facets', `${path}&facets=${openFacets}`)
    await timed('search with the open facets', `/entries?q=${q}&facets=${openFacets}`)
    await timed('page with all facets', `${path}&facets=${facetNames.join(',')}`)
    await timed('counts of eight views', `/entries/counts?${views.map((view) => `of=${encodeURIComponent(view)}`).join('&')}`)
  }
  return samples
}

/** Nothing, one facet, or several: as people narrow. */
function someFilter(roll: () => number): string {
  const topic = topics[Math.floor(topics.length ** roll()) - 1] ?? 'EDU'
  const filters = ['', 'state=received&state=edited', `state=received&topic=${topic}`, `topic=${topic}&country=HTI&country=MLI`, 'kind=challenge&severity=5&severity=4', 'lang=ar&photo=yes', 'organisation=Organisation%203', 'warning=personal-phone', 'state=approved&from=2026-03-01&to=2026-03-31', `adm1=Region%20${1 + Math.floor(roll() * 30)}&source=rumour`]
  return filters[Math.floor(roll() * filters.length)] ?? ''
}

/** The value below which 95 of 100 lie. */
function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] ?? NaN
}

if (import.meta.main) {
  const [database = 'both', entries = '100000', rounds = '60', filledFile] = process.argv.slice(2)
  const databases = database === 'both' ? (['SQLite', 'PostgreSQL'] as const) : [database === 'PostgreSQL' ? 'PostgreSQL' as const : 'SQLite' as const]
  const measured = await measureDesk({ databases, entries: Number(entries), rounds: Number(rounds), ...(filledFile === undefined ? {} : { filledFile }), say: (line) => console.log(line) })
  for (const [name, samples] of Object.entries(measured)) {
    for (const [what, values] of Object.entries(samples)) {
      const sorted = values.toSorted((a, b) => a - b)
      console.log(`${name.padEnd(11)}${what.padEnd(44)} median ${(sorted[Math.floor(sorted.length / 2)] ?? NaN).toFixed(1).padStart(7)} ms   p95 ${p95(values).toFixed(1).padStart(7)} ms   (${values.length})`)
    }
  }
}

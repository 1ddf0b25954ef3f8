import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { FastifyInstance } from 'fastify'
import type { Instant } from '#domain/ids.ts'
import { topics } from '#domain/codes/code-lists.ts'
import { facetNames } from '#protocol/desk.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { createApp } from '#server/http/create-app.ts'
import { createLog } from '#server/log.ts'
import { openContext } from '#server/open-context.ts'
import { startCluster } from '../tests/support/postgres/cluster.ts'
import { dice, fillDeskCampaign } from './desk-data.ts'
import type { DeskCampaign } from './desk-data.ts'

export type DeskDatabase = 'SQLite' | 'PostgreSQL'

/** Milliseconds of each request by what was asked, and what preparing took. */
export type DeskSamples = Readonly<Record<string, readonly number[]>>

/** What the desk asks its server, on a campaign of many entries: every request through the whole server, session and JSON included. */
export async function measureDesk({ database, entries, rounds, say }: { readonly database: DeskDatabase; readonly entries: number; readonly rounds: number; readonly say: (line: string) => void }): Promise<DeskSamples> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-bench-'))
  const cluster = database === 'PostgreSQL' ? await startCluster() : null
  try {
    const config = { port: 0, host: '127.0.0.1', dataDir: folder, publicUrl: 'http://localhost:8080', logLevel: 'silent' as const, ...(cluster === null ? {} : { databaseUrl: cluster.url }) }
    const deps = { log: createLog('silent'), clock: { now: () => Date.now() }, chance: { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) }, appDir: null }
    const filling = await openContext(config, deps)
    const began = performance.now()
    const filled = await fillDeskCampaign(filling.store, entries)
    say(`${database}: ${filled.entries} entries, ${filled.changes} changes appended in ${Math.round((performance.now() - began) / 1000)} s`)
    const rebuilding = performance.now()
    const { differing } = await filling.store.entries.rebuild(filled.campaignId)
    say(`${database}: looked at by rebuild in ${Math.round((performance.now() - rebuilding) / 1000)} s, ${differing.length} differing`)
    await filling.store.close()
    const context = await openContext(config, deps)
    const { app } = await createApp(context)
    const get = await asCoordinator(app, context.store, filled)
    const samples = await measureRequests(get, rounds)
    await app.close()
    await context.store.close()
    return samples
  } finally {
    await cluster?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

type Get = (path: string) => Promise<{ readonly total: number; readonly next: string | null }>

async function asCoordinator(app: FastifyInstance, store: Awaited<ReturnType<typeof openContext>>['store'], { campaignId }: DeskCampaign): Promise<Get> {
  const members = await store.members.list(campaignId)
  const coordinator = members.find(({ role }) => role === 'coordinator')
  const device = (await store.members.devices(campaignId)).find(({ memberId }) => memberId === coordinator?.id)
  if (coordinator === undefined || device === undefined) throw new Error('nobody coordinates')
  const token = 'bench-token-of-a-coordinator'
  await store.members.createSession({ tokenHash: sha256Of(token), campaignId, memberId: coordinator.id, deviceId: device.id, expiresAt: '2100-01-01T00:00:00.000Z' as Instant })
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
  const timed = async (name: string, path: string) => {
    const began = performance.now()
    const answer = await get(path)
    samples[name] = [...(samples[name] ?? []), performance.now() - began]
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
  const [database = 'SQLite', entries = '100000', rounds = '60'] = process.argv.slice(2)
  const samples = await measureDesk({ database: database === 'PostgreSQL' ? 'PostgreSQL' : 'SQLite', entries: Number(entries), rounds: Number(rounds), say: (line) => console.log(line) })
  for (const [name, values] of Object.entries(samples)) {
    const sorted = values.toSorted((a, b) => a - b)
    console.log(`${name.padEnd(32)} median ${(sorted[Math.floor(sorted.length / 2)] ?? NaN).toFixed(1).padStart(7)} ms   p95 ${p95(values).toFixed(1).padStart(7)} ms   max ${(sorted.at(-1) ?? NaN).toFixed(1).padStart(7)} ms   (${values.length})`)
  }
}

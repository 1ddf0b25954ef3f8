import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Chance, Clock } from '#domain/ids.ts'
import { createInvite } from '#server/auth/invites.ts'
import type { Config } from '#server/config.ts'
import type { ServerContext } from '#server/context.ts'
import { createCampaign } from '#server/first-campaign.ts'
import { createApp } from '#server/http/create-app.ts'
import { createLog } from '#server/log.ts'
import { openContext } from '#server/open-context.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { ScriptDevice } from '../../demo/script-device.ts'
import type { Person, ScriptDeps, Send } from '../../demo/script-device.ts'
import type { DatabaseName } from './databases.ts'
import { placeTables } from './migrated-sqlite.ts'
import { createDatabase } from './postgres/database.ts'

/** Chance that repeats itself: bytes of a hash chain over the seed. */
export function seededChance(seed: string): Chance {
  let count = 0
  const block = () => createHash('sha256').update(`${seed}:${(count += 1)}`).digest()
  return { bytes: (length) => Uint8Array.from(Buffer.concat(Array.from({ length: Math.ceil(length / 32) }, block)).subarray(0, length)) }
}

export interface SteppedClock extends Clock {
  readonly advance: (ms: number) => void
}

/** A clock that moves one millisecond a look, from a fixed morning. */
export function steppedClock(start = Date.UTC(2026, 2, 1, 8)): SteppedClock {
  let now = start
  return { now: () => (now += 1), advance: (ms) => void (now += ms) }
}

export interface TestServer {
  readonly app: FastifyInstance
  readonly context: ServerContext
  readonly campaign: StoredCampaign
  readonly send: Send
  /** `METHOD /path` of every route that was registered. */
  readonly routes: readonly string[]
  readonly join: (role: 'volunteer' | 'coordinator', person?: Partial<Person>) => Promise<ScriptDevice>
  readonly joinOther: (role: 'volunteer' | 'coordinator') => Promise<ScriptDevice>
  readonly close: () => Promise<void>
}

/** The real server on a real database in a folder of its own; requests are injected, nothing listens. */
export async function startTestServer(about: { readonly appDir?: string; readonly databaseUrl?: string; readonly database?: DatabaseName; readonly config?: Partial<Config>; readonly isEmpty?: boolean } = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'terrain-'))
  const clock = steppedClock()
  const chance = seededChance(dataDir)
  const own = about.database === 'PostgreSQL' ? await createDatabase() : null
  const databaseUrl = own?.url ?? about.databaseUrl
  const config = { port: 0, host: '127.0.0.1', dataDir, publicUrl: 'http://localhost:8080', logLevel: 'silent' as const, ...(databaseUrl === undefined ? {} : { databaseUrl }), ...about.config }
  if (databaseUrl === undefined) await placeTables(dataDir)
  const context = await openContext(config, { log: createLog('silent'), clock, chance, appDir: about.appDir ?? null })
  const make = about.isEmpty === true ? () => Promise.resolve(false) : context.store.campaigns.create
  const campaign = await createCampaign(context, { name: 'Solidarity Network', countries: ['HTI'], languages: ['en', 'fr', 'ar'] }, make)
  const other = await createCampaign(context, { name: 'Another campaign', countries: ['KEN'], languages: ['en'] }, make)
  const { app, routes } = await createApp(context)
  const send: Send = async (path, { method, headers, body }) => {
    const response = await app.inject({ method: method as 'GET', url: path, headers: { ...headers }, ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : Buffer.from(body) }) })
    return { status: response.statusCode, text: response.body }
  }
  const deps: ScriptDeps = { send, clock, chance }
  const joinCampaign = async (id: StoredCampaign['id'], role: 'volunteer' | 'coordinator', person: Partial<Person> = {}) => {
    const { url } = await createInvite(context, { campaignId: id, role, uses: 1, days: 1, note: null, createdBy: null })
    return ScriptDevice.join(deps, url, { name: role === 'volunteer' ? 'Awa' : 'Ruth', language: 'en', ...person })
  }
  return {
    app, routes, context, campaign, send,
    join: (role, person) => joinCampaign(campaign.id, role, person),
    joinOther: (role) => joinCampaign(other.id, role),
    close: async () => {
      await app.close()
      await context.store.close()
      await own?.drop()
      // The library of uploads makes its folder in the background, and a failure of that would be nobody's: it has been there before everything goes.
      await mkdir(context.uploadDir, { recursive: true })
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

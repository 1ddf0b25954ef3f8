import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createInvite } from '#server/auth/invites.ts'
import type { ServerContext } from '#server/context.ts'
import { createCampaign } from '#server/first-campaign.ts'
import { createApp } from '#server/http/create-app.ts'
import { createLog } from '#server/log.ts'
import { openContext } from '#server/open-context.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { ScriptDevice } from '../../demo/script-device.ts'
import type { Send } from '../../demo/script-device.ts'
import { seededChance } from './seeded.ts'

interface Running {
  readonly context: ServerContext
  readonly app: FastifyInstance
  readonly http: Server
}

/** The real server on a real socket and disk, that ends in the middle of its requests and opens again on the same data. */
export class RestartingServer {
  readonly #dataDir: string
  readonly #chance
  #running: Running | null = null
  #restarting: Promise<void> | null = null
  #bearer = ''
  /** Each request for an upload, in their order: `PATCH 262144`. */
  readonly log = new Map<string, string[]>()

  private constructor(dataDir: string) {
    this.#dataDir = dataDir
    this.#chance = seededChance(dataDir)
  }

  static async start(): Promise<RestartingServer> {
    const server = new RestartingServer(await mkdtemp(join(tmpdir(), 'terrain-cut-')))
    await server.#open()
    return server
  }

  get context(): ServerContext {
    return this.#now.context
  }

  /** Null while nobody listens, in the middle of a restart. */
  readonly port = (): number | null => (this.#running?.http.address() as AddressInfo | null | undefined)?.port ?? null

  /** A volunteer's script; requests that come by the socket are made in its session, as a cookie would do. */
  async join(): Promise<{ readonly phone: ScriptDevice; readonly campaign: StoredCampaign }> {
    const campaign = await createCampaign(this.context, { name: 'Solidarity Network', countries: ['HTI'], languages: ['en'] })
    const { url } = await createInvite(this.context, { campaignId: campaign.id, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: null })
    const send: Send = async (path, { method, headers, body }) => {
      const response = await this.#now.app.inject({ method: method as 'GET', url: path, headers: { ...headers }, ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : Buffer.from(body) }) })
      return { status: response.statusCode, text: response.body }
    }
    const phone = await ScriptDevice.join({ send, clock: { now: () => Date.now() }, chance: this.#chance }, url, { name: 'Awa', language: 'en' })
    this.#bearer = phone.headers['authorization'] ?? ''
    return { phone, campaign }
  }

  /** Whoever asks meanwhile waits for the same restart. */
  async restart(): Promise<void> {
    this.#restarting ??= this.#close().then(() => this.#open()).finally(() => {
      this.#restarting = null
    })
    await this.#restarting
  }

  async isUp(): Promise<void> {
    await this.#restarting
  }

  async close(): Promise<void> {
    await this.#close()
    await rm(this.#dataDir, { recursive: true, force: true, maxRetries: 5 })
  }

  get #now(): Running {
    if (this.#running === null) throw new Error('the server is not running')
    return this.#running
  }

  async #open(): Promise<void> {
    const config = { port: 0, host: '127.0.0.1', dataDir: this.#dataDir, publicUrl: 'http://localhost:8080', logLevel: 'silent' as const }
    const context = await openContext(config, { log: createLog('silent'), clock: { now: () => Date.now() }, chance: this.#chance, appDir: null })
    const { app } = await createApp(context)
    await app.ready()
    const http = createServer((request, response) => {
      request.headers.authorization = this.#bearer
      const id = String(request.url).split('/').at(-1) ?? ''
      const line = request.method === 'PATCH' ? `PATCH ${String(request.headers['upload-offset'])}` : String(request.method)
      this.log.set(id, [...(this.log.get(id) ?? []), line])
      app.routing(request, response)
    })
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    this.#running = { context, app, http }
  }

  async #close(): Promise<void> {
    const { context, app, http } = this.#now
    const ended = once(http, 'close')
    http.close()
    http.closeAllConnections()
    await ended
    await app.close()
    await context.store.close()
  }
}

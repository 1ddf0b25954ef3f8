import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Chance, ChangeId, Clock } from '#domain/ids.ts'
import { createInvite } from '#server/auth/invites.ts'
import { backUp } from '#server/backup/back-up.ts'
import { restore } from '#server/backup/restore.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import type { ServerContext } from '#server/context.ts'
import { createCampaign } from '#server/first-campaign.ts'
import { createApp } from '#server/http/create-app.ts'
import { createLog } from '#server/log.ts'
import { openContext } from '#server/open-context.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { placeTables } from '../support/migrated-sqlite.ts'
import { CrashPoints } from './crash-points.ts'
import type { WireAnswer, WireRequest } from './wire.ts'

interface Ground {
  readonly clock: Clock
  readonly chance: Chance
}

interface Opened {
  /** As it is, for those who look from outside. */
  readonly context: ServerContext
  readonly app: FastifyInstance
}

/**
 * Not on a disk where there is a better place: what a dead disk does is another test (disk-faults), and thousands of histories want to be run.
 * Whoever says where to write has found one: the gate, whose folder also goes with all that a violation leaves.
 */
const scratch = process.env['TMPDIR'] === undefined && existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** The real server on a database of its own. It can die at any call of its store, be backed up by its own means, lost and restored. */
export class SimServer {
  readonly crashes: CrashPoints
  readonly campaign: StoredCampaign
  /** Every change that was ever committed, by the epoch in which it was. */
  readonly committed = new Map<string, Set<ChangeId>>()
  /** What stood in verified backups, by the epoch of the server that made them. */
  readonly backedUp = new Map<string, Set<ChangeId>>()
  epoch: string
  readonly #ground: Ground
  readonly #folder: string
  #dataDir: string
  #opened: Opened
  #scannedTo = 0
  #answered = 0
  #inHand = 0
  #lookedAt = -1

  private constructor(ground: Ground, made: { readonly crashes: CrashPoints; readonly folder: string; readonly dataDir: string; readonly opened: Opened; readonly campaign: StoredCampaign; readonly epoch: string }) {
    this.#ground = ground
    this.crashes = made.crashes
    this.#folder = made.folder
    this.#dataDir = made.dataDir
    this.#opened = made.opened
    this.campaign = made.campaign
    this.epoch = made.epoch
  }

  static async start(ground: Ground): Promise<SimServer> {
    const folder = await mkdtemp(join(scratch, 'terrain-simulation-'))
    const dataDir = await mkdtemp(join(folder, 'data-'))
    await placeTables(dataDir)
    const crashes = new CrashPoints()
    const opened = await open(ground, dataDir, crashes)
    const campaign = await createCampaign(opened.context, { name: 'Solidarity Network', countries: ['HTI'], languages: ['en'] })
    return new SimServer(ground, { crashes, folder, dataDir, opened, campaign, epoch: await opened.context.store.epoch() })
  }

  get store(): ServerContext['store'] {
    return this.#opened.context.store
  }

  get context(): ServerContext {
    return this.#opened.context
  }

  /** Null: it died over it, or was down. */
  async answer({ method, url, headers, payload }: WireRequest, from: string): Promise<WireAnswer | null> {
    if (this.crashes.isDown) return null
    const about: InjectOptions = { method: method as 'GET', url, headers: { ...headers }, remoteAddress: from, ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : Buffer.from(payload) }) }
    this.#inHand += 1
    const response = await this.#opened.app.inject(about).finally(() => {
      this.#answered += 1
      this.#inHand -= 1
    })
    if (this.crashes.isDown) return null
    const told = Object.entries(response.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]))
    return { status: response.statusCode, headers: Object.fromEntries(told), body: response.body }
  }

  async invite(role: 'volunteer' | 'coordinator'): Promise<string> {
    const { url } = await createInvite(this.context, { campaignId: this.campaign.id, role, uses: 1, days: 1, note: null, createdBy: null })
    return url.split('#')[1] ?? ''
  }

  /** Reads what was committed since the last look. */
  async look(): Promise<void> {
    // Where nobody has asked it anything, it has committed nothing.
    if (this.#answered === this.#lookedAt && this.#inHand === 0) return
    this.#lookedAt = this.#answered
    const known = this.committed.get(this.epoch) ?? new Set()
    this.committed.set(this.epoch, known)
    for (const { id, seq } of await this.store.changes.scan(this.campaign.id, this.#scannedTo, 100_000)) {
      this.#scannedTo = seq
      if (id !== null) known.add(id)
    }
  }

  /** After a crash, or because somebody stopped it. */
  async restart(): Promise<void> {
    await this.#shut()
    this.crashes.up()
    this.#opened = await open(this.#ground, this.#dataDir, this.crashes)
  }

  async backUp(): Promise<void> {
    await this.look()
    const outcome = await backUp(backupGround(this.context), this.#backups)
    if (outcome.kind === 'unverified') throw new Error(`a backup does not verify: ${JSON.stringify(outcome.faults)}`)
    this.backedUp.set(this.epoch, new Set([...(this.backedUp.get(this.epoch) ?? []), ...(this.committed.get(this.epoch) ?? [])]))
  }

  /** The machine is lost with its disk; another one is made from the newest backup. False when there is none yet. */
  async loseAndRestore(): Promise<boolean> {
    if (this.backedUp.size === 0) return false
    await this.#shut()
    this.crashes.up()
    this.#dataDir = await mkdtemp(join(this.#folder, 'data-'))
    const empty = await openContext(configOf(this.#dataDir), { log: createLog('silent'), ...this.#ground, appDir: null })
    const outcome = await restore({ ...backupGround(empty), chance: this.#ground.chance }, this.#backups, { acceptLoss: false })
    await empty.store.close()
    if (outcome.kind !== 'restored' || outcome.faults.length > 0) throw new Error(`the restore was ${JSON.stringify(outcome)}`)
    this.#opened = await open(this.#ground, this.#dataDir, this.crashes)
    this.epoch = await this.store.epoch()
    this.#scannedTo = 0
    this.#lookedAt = -1
    await this.look()
    return true
  }

  async close(): Promise<void> {
    await this.#shut()
    await rm(this.#folder, { recursive: true, force: true })
  }

  get #backups(): string {
    return backupsBeside(this.#dataDir)
  }

  async #shut(): Promise<void> {
    await this.#opened.app.close()
    await this.#opened.context.store.close()
  }
}

function configOf(dataDir: string): ServerContext['config'] {
  return { port: 0, host: '127.0.0.1', dataDir, publicUrl: 'http://localhost:8080', logLevel: 'silent', backup: { dir: backupsBeside(dataDir), everyMs: null } }
}

/** On another disk, as it were: what is lost with the server is its own folder alone. */
function backupsBeside(dataDir: string): string {
  return join(dirname(dataDir), 'backups')
}

async function open(ground: Ground, dataDir: string, crashes: CrashPoints): Promise<Opened> {
  const context = await openContext(configOf(dataDir), { log: createLog('silent'), ...ground, appDir: null })
  const { app } = await createApp({ ...context, store: crashes.around(context.store), shelf: crashes.around(context.shelf) })
  return { context, app }
}

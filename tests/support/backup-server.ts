import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Chance, Clock } from '#domain/ids.ts'
import { backUp } from '#server/backup/back-up.ts'
import type { BackupGround, BackupOutcome } from '#server/backup/back-up.ts'
import { restore } from '#server/backup/restore.ts'
import type { RestoreOutcome } from '#server/backup/restore.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import type { ServerContext } from '#server/context.ts'
import { createApp } from '#server/http/create-app.ts'
import { createLog } from '#server/log.ts'
import { openContext } from '#server/open-context.ts'

/** A server on a folder of its own, which can be lost, and the folder of its backups, which is not lost with it. */
export class BackupServer {
  readonly root: string
  readonly ground: { readonly clock: Clock; readonly chance: Chance }
  readonly #folder: string
  context: ServerContext
  app: FastifyInstance

  private constructor(folder: string, ground: BackupServer['ground'], opened: { readonly context: ServerContext; readonly app: FastifyInstance }) {
    this.#folder = folder
    this.root = join(folder, 'backups')
    this.ground = ground
    this.context = opened.context
    this.app = opened.app
  }

  static async start(ground: BackupServer['ground']): Promise<BackupServer> {
    const folder = await mkdtemp(join(tmpdir(), 'terrain-backup-'))
    return new BackupServer(folder, ground, await openOn(folder, ground))
  }

  get backupGround(): BackupGround {
    return backupGround(this.context)
  }

  backUp(): Promise<BackupOutcome> {
    return backUp(this.backupGround, this.root)
  }

  restore(from = this.root, about = { acceptLoss: false }): Promise<RestoreOutcome> {
    return restore({ ...this.backupGround, chance: this.ground.chance }, from, about)
  }

  /** The machine is gone; another one with an empty disk takes its place. */
  async lose(): Promise<void> {
    await this.#shut()
    const opened = await openOn(this.#folder, this.ground)
    this.context = opened.context
    this.app = opened.app
  }

  async close(): Promise<void> {
    await this.#shut()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #shut(): Promise<void> {
    await this.app.close()
    await this.context.store.close()
  }
}

async function openOn(folder: string, { clock, chance }: BackupServer['ground']): Promise<{ readonly context: ServerContext; readonly app: FastifyInstance }> {
  const dataDir = await mkdtemp(join(folder, 'data-'))
  const context = await openContext({ port: 0, host: '127.0.0.1', dataDir, publicUrl: 'http://localhost:8080', logLevel: 'silent' }, { log: createLog('silent'), clock, chance, appDir: null })
  return { context, app: (await createApp(context)).app }
}

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
import type { DatabaseName } from './databases.ts'
import { openDatabase } from '#server/store/sqlite/open-sqlite-store.ts'
import { placeTables } from './migrated-sqlite.ts'
import { createDatabase } from './postgres/database.ts'
import type { TestDatabase } from './postgres/database.ts'

/** A server on a folder of its own, which can be lost, and the folder of its backups, which is not lost with it. */
export class BackupServer {
  readonly root: string
  readonly ground: { readonly clock: Clock; readonly chance: Chance }
  readonly #folder: string
  readonly #databases: TestDatabase[] = []
  context: ServerContext
  app: FastifyInstance

  private constructor(folder: string, ground: BackupServer['ground'], opened: Opened) {
    this.#folder = folder
    this.#databases.push(...opened.databases)
    this.root = join(folder, 'backups')
    this.ground = ground
    this.context = opened.context
    this.app = opened.app
  }

  static async start(ground: BackupServer['ground'], database: DatabaseName = 'SQLite'): Promise<BackupServer> {
    const folder = await mkdtemp(join(tmpdir(), 'terrain-backup-'))
    return new BackupServer(folder, ground, await openOn(folder, ground, database))
  }

  /** What a process of its own needs in order to be this server. */
  get variables(): Readonly<Record<string, string>> {
    const { dataDir, databaseUrl } = this.context.config
    return { TERRAIN_DATA: dataDir, BACKUP_DIR: this.root, ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) }
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

  /** One statement past the store, as damage comes. */
  async damage(statement: string): Promise<void> {
    const [database] = this.#databases.slice(-1)
    if (this.context.config.databaseUrl !== undefined) return void (await database?.query(statement))
    const opened = openDatabase(join(this.context.config.dataDir, 'terrain.db'))
    opened.exec(statement)
    opened.close()
  }

  /** The machine is gone, and its database; another one with an empty disk takes its place, with whatever database. */
  async lose(database: DatabaseName = this.#databases.length === 0 ? 'SQLite' : 'PostgreSQL'): Promise<void> {
    await this.#shut()
    const opened = await openOn(this.#folder, this.ground, database)
    this.#databases.push(...opened.databases)
    this.context = opened.context
    this.app = opened.app
  }

  async close(): Promise<void> {
    await this.#shut()
    for (const database of this.#databases) await database.drop()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #shut(): Promise<void> {
    await this.app.close()
    await this.context.store.close()
  }
}

interface Opened {
  readonly context: ServerContext
  readonly app: FastifyInstance
  readonly databases: readonly TestDatabase[]
}

async function openOn(folder: string, { clock, chance }: BackupServer['ground'], name: DatabaseName): Promise<Opened> {
  const dataDir = await mkdtemp(join(folder, 'data-'))
  const databases = name === 'PostgreSQL' ? [await createDatabase()] : []
  const [database] = databases
  if (databases.length === 0) await placeTables(dataDir)
  const context = await openContext({ port: 0, host: '127.0.0.1', dataDir, publicUrl: 'http://localhost:8080', logLevel: 'silent', backup: { dir: join(folder, 'backups'), everyMs: null }, ...(database === undefined ? {} : { databaseUrl: database.url }) }, { log: createLog('silent'), clock, chance, appDir: null })
  return { context, app: (await createApp(context)).app, databases }
}

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../src/server/log.ts'
import { openContext } from '../../src/server/open-context.ts'
import type { ServerContext } from '../../src/server/context.ts'
import { ServerProcess } from '../../tests/support/server-process.ts'
import type { DatabaseName, Databases } from './databases.ts'
import { familyProcessorMs, forgetPeak, peakMB, processorMs } from './process-cost.ts'

/** The real server in a process of its own, with what it costs. */
export interface MeasuredServer {
  readonly url: string
  readonly pid: number
  readonly dataDir: string
  /** Milliseconds of processor so far: the server's, and that of PostgreSQL's processes (0 with SQLite, which is in the server). */
  readonly used: () => { readonly server: number; readonly database: number }
  readonly forgetPeak: () => void
  readonly peakMB: () => number
  readonly stop: () => Promise<void>
}

export interface ServerOrder<Made> {
  readonly database: DatabaseName
  readonly databases: Databases
  /** What stands in the database before the server starts; by the store, as nobody waits for it. */
  readonly fill: (context: ServerContext) => Promise<Made>
  /** What lies in the data folder before the database is opened. */
  readonly before?: (dataDir: string) => Promise<void>
  /** The PostgreSQL database that this one begins as. */
  readonly template?: string | undefined
  readonly variables?: Readonly<Record<string, string>>
}

export async function startMeasuredServer<Made>({ database, databases, fill, before, template, variables = {} }: ServerOrder<Made>): Promise<{ readonly server: MeasuredServer; readonly made: Made }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'terrain-bench-'))
  try {
    const postgres = database === 'PostgreSQL' ? await databases.create(template) : null
    await before?.(dataDir)
    const context = await openStore(dataDir, postgres?.url)
    const made = await fill(context)
    await context.store.close()
    const server = await ServerProcess.create(dataDir, { ...(postgres === null ? {} : { DATABASE_URL: postgres.url }), ...variables })
    await server.start()
    const { pid } = server
    return {
      made,
      server: {
        url: server.url, pid, dataDir,
        used: () => ({ server: processorMs(pid), database: postgres === null ? 0 : familyProcessorMs(postgres.pid) }),
        forgetPeak: () => forgetPeak(pid),
        peakMB: () => peakMB(pid),
        stop: async () => {
          await server.kill('SIGTERM')
          await rm(dataDir, { recursive: true, force: true })
        },
      },
    }
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true })
    throw error
  }
}

/** The database of a server that is not running. */
export function openStore(dataDir: string, databaseUrl?: string): Promise<ServerContext> {
  const config = { port: 0, host: '127.0.0.1', dataDir, publicUrl: 'http://localhost:8080', logLevel: 'silent', ...(databaseUrl === undefined ? {} : { databaseUrl }) } as const
  return openContext(config, { log: createLog('silent'), clock: { now: () => Date.now() }, chance: { bytes: (count) => randomBytes(count) }, appDir: null })
}

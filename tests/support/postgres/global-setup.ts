import { once } from 'node:events'
import { createServer } from 'node:http'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate, migrations } from '#server/store/migrations/migrate.ts'
import { migrationGround } from '#server/store/postgres/migration-ground.ts'
import { openPostgres } from '#server/store/postgres/open-postgres-store.ts'
import { startCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the address of the run's PostgreSQL, which is started by the first test that asks, when there is a database `migratedName` on it. */
    readonly postgresBroker: string
  }
}

/** What new databases are copied from: some forty migrations, each waiting for the disk, take longer than many a test. */
export const migratedName = 'terrain_migrated'

async function startFilled(): Promise<Cluster> {
  const cluster = await startCluster()
  const client = new Client({ connectionString: cluster.url })
  await client.connect()
  await client.query(`create database ${migratedName}`)
  await client.end()
  const db = openPostgres(cluster.url.replace(/\/postgres$/, `/${migratedName}`))
  await migrate(db, '2026-03-01T08:00:00.000Z', migrations, migrationGround)
  await db.destroy()
  return cluster
}

/** One PostgreSQL for a whole run, started only when a test wants it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<Cluster> | null = null
  const broker = createServer((_request, response) => {
    cluster ??= startFilled()
    cluster.then(({ url }) => response.end(url), (error: unknown) => response.writeHead(500).end(String(error)))
  })
  broker.listen(0, '127.0.0.1')
  await once(broker, 'listening')
  const address = broker.address()
  project.provide('postgresBroker', `http://127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}`)
  return async () => {
    broker.close()
    await (await cluster?.catch(() => null))?.stop()
  }
}

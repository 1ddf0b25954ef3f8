import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { startCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the address of the run's PostgreSQL, which is started by the first test that asks. */
    readonly postgresBroker: string
  }
}

/** One PostgreSQL for a whole run, started only when a test wants it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<Cluster> | null = null
  const broker = createServer((_request, response) => {
    cluster ??= startCluster()
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

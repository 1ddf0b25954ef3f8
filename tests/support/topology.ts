import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { startCluster } from './postgres/cluster.ts'
import { startProxy } from './real-proxy.ts'
import type { ProxyName } from './real-proxy.ts'
import { S3Server } from './s3-server.ts'
import { ServerProcess } from './server-process.ts'

export interface Topology {
  /** Of the proxy, by https, with a certificate that nobody vouches for. */
  readonly url: string
  /** The same by http, which only leads to https. */
  readonly plainUrl: string
  readonly servers: readonly [ServerProcess, ServerProcess]
  readonly s3: S3Server
  /** `npm run terrain -- …` in the environment of the servers; its output. */
  readonly terrain: (...args: readonly string[]) => Promise<string>
  /** What the proxy has written down. */
  readonly proxySaid: () => string
  readonly stop: () => Promise<void>
}

/** What deploy/ describes, by processes: a proxy with the file that is shipped, two servers, PostgreSQL and a storage that speaks S3. */
export async function startTopology(proxy: ProxyName): Promise<Topology> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-whole-'))
  const [cluster, s3, port, plainPort] = await Promise.all([startCluster(), S3Server.start(), freePort(), freePort()])
  const url = `https://localhost:${port}`
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3.bucket
  const variables = {
    DATABASE_URL: cluster.url, PUBLIC_URL: url, SHUTDOWN_DELAY: '2', BACKUP_DIR: join(folder, 'backups'),
    S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey,
  }
  const dataDir = join(folder, 'data')
  const servers = [await ServerProcess.create(dataDir, variables), await ServerProcess.create(dataDir, variables)] as const
  for (const server of servers) await server.start()
  const front = await startProxy(proxy, folder, { port, plainPort, servers: servers.map((server) => server.port) })
  return {
    url, plainUrl: `http://localhost:${plainPort}`, servers, s3, proxySaid: front.said,
    terrain: async (...args) => (await promisify(execFile)(process.execPath, ['src/server/cli/main.ts', ...args], { env: { ...process.env, ...variables, TERRAIN_DATA: dataDir } })).stdout,
    stop: async () => {
      await front.stop()
      await Promise.all(servers.map((server) => server.kill()))
      await cluster.stop()
      await s3.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

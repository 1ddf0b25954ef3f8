import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { ServerProcess } from './server-process.ts'

export interface AppServer {
  /** `http://localhost:PORT`: a secure context, though it is not https. */
  readonly url: string
  readonly dataDir: string
  /** The link that the server printed for its first coordinator. */
  readonly coordinatorLink: string
  /** Another link, made by the real command on the same database. */
  readonly invite: (role: 'volunteer' | 'coordinator', uses?: number, campaign?: string) => Promise<string>
  /** As a coordinator sets it: what phones sent stays beside the server's copies, to be looked at. */
  readonly keepOriginals: () => void
  /** SIGKILL: as if the power went. */
  readonly kill: () => Promise<void>
  /** Starts again on the same port and data. */
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** The real server with the built app, on a free port and a scratch folder that `stop` removes. */
export async function startAppServer(): Promise<AppServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'terrain-e2e-'))
  const server = await ServerProcess.create(dataDir)
  await server.start()
  const url = `http://localhost:${server.port}`
  return {
    url,
    dataDir,
    coordinatorLink: server.invite,
    invite: async (role, uses, campaign) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['src/server/cli/main.ts', 'invite', '--role', role, ...(uses === undefined ? [] : ['--uses', String(uses)]), ...(campaign === undefined ? [] : ['--campaign', campaign])], { env: { ...process.env, TERRAIN_DATA: dataDir, PUBLIC_URL: url } })
      return stdout.trim().split('\n').at(-1) ?? ''
    },
    keepOriginals: () => {
      const database = new DatabaseSync(join(dataDir, 'terrain.db'))
      database.exec('pragma busy_timeout = 5000')
      database.exec(`update campaigns set settings = json_set(settings, '$.keepOriginals', json('true'))`)
      database.close()
    },
    kill: async () => void (await server.kill('SIGKILL')),
    restart: async () => {
      await server.kill('SIGTERM')
      await server.start()
    },
    stop: async () => {
      await server.kill('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

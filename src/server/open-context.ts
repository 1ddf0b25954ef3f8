import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Chance, Clock } from '#domain/ids.ts'
import type { Config } from '#server/config.ts'
import type { ServerContext } from '#server/context.ts'
import { createFileDisk } from '#server/files/disk.ts'
import type { Log } from '#server/log.ts'
import { openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'

/** Opens database and folders of one data directory: what the server and the command line share. */
export async function openContext(config: Config, ground: { readonly log: Log; readonly clock: Clock; readonly chance: Chance; readonly appDir: string | null }): Promise<ServerContext> {
  const disk = createFileDisk(config.dataDir)
  await mkdir(disk.uploadDir, { recursive: true })
  const store = await openSqliteStore({ path: join(config.dataDir, 'terrain.db'), clock: ground.clock, chance: ground.chance })
  return { config, store, disk, serverKey: await readServerKey(config.dataDir, ground.chance), ...ground }
}

/** 32 bytes made once and kept beside the database, readable by the owner alone. */
async function readServerKey(dataDir: string, chance: Chance): Promise<Uint8Array> {
  const path = join(dataDir, 'server.key')
  if (!existsSync(path)) await writeFile(path, Buffer.from(chance.bytes(32)).toString('base64'), { mode: 0o600, flag: 'wx' })
  return Buffer.from(await readFile(path, 'utf8'), 'base64')
}

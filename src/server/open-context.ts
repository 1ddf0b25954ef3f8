import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Chance, Clock } from '#domain/ids.ts'
import { erasureLogName, withErasureLog } from '#server/backup/erasure-log.ts'
import { orIfMissing, writeDurably } from '#server/backup/folder.ts'
import type { Config } from '#server/config.ts'
import type { ServerContext } from '#server/context.ts'
import { ensureEncryptionKeys } from '#server/first-campaign.ts'
import { openShelf, uploadDirOf } from '#server/files/open-shelf.ts'
import type { Log } from '#server/log.ts'
import { makeFolder } from '#server/make-folder.ts'
import type { Store } from '#server/store/store.ts'

const keyBytes = 32

/** Opens database and folders of one data directory: what the server and the command line share. */
export async function openContext(config: Config, ground: { readonly log: Log; readonly clock: Clock; readonly chance: Chance; readonly appDir: string | null }): Promise<ServerContext> {
  const uploadDir = uploadDirOf(config)
  // Words of people at risk: on a machine that others use too they are not theirs to read.
  await makeFolder(config.dataDir, 0o700)
  await makeFolder(uploadDir)
  const store = await openStore(config, ground)
  await ensureEncryptionKeys(store)
  const erasureLog = { path: join(config.dataDir, erasureLogName), beside: config.backup?.dir ?? null }
  return { config, store: await withErasureLog(store, erasureLog), uploadDir, shelf: openShelf(config, ground.clock), serverKey: await readServerKey(config, store, ground.chance), ...ground }
}

/** Only the one that is asked for is loaded. */
async function openStore({ databaseUrl, dataDir }: Config, ground: { readonly clock: Clock; readonly chance: Chance }): Promise<Store> {
  const { clock, chance } = ground
  if (databaseUrl !== undefined) {
    const { openPostgresStore } = await import('#server/store/postgres/open-postgres-store.ts')
    return openPostgresStore({ url: databaseUrl, clock, chance })
  }
  const { openSqliteStore } = await import('#server/store/sqlite/open-sqlite-store.ts')
  return openSqliteStore({ path: join(dataDir, 'terrain.db'), clock, chance })
}

/**
 * 32 bytes made once: beside an SQLite file, readable by the owner alone; in a PostgreSQL database where processes on several
 * machines share it. Alone it opens nothing: a session needs a signature by the device's own key as well.
 */
async function readServerKey({ databaseUrl, dataDir }: Config, store: Store, chance: Chance): Promise<Uint8Array> {
  if (databaseUrl !== undefined) return store.serverKey(chance.bytes(keyBytes))
  const path = join(dataDir, 'server.key')
  const kept = await keyIn(path)
  if (kept !== null) return kept
  const fresh = chance.bytes(keyBytes)
  await writeDurably(path, Buffer.from(fresh).toString('base64'))
  return (await keyIn(path)) ?? fresh
}

/** Null for none, and for what a disk that was full, or an end in that moment, has left of one: it would sign with what everybody knows. */
async function keyIn(path: string): Promise<Uint8Array | null> {
  const bytes = Buffer.from(await orIfMissing(readFile(path, 'utf8'), ''), 'base64')
  return bytes.length === keyBytes ? bytes : null
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'
import { openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import type { Store } from '#server/store/store.ts'
import { createDatabase } from '../postgres/database.ts'
import { seededChance, steppedClock } from '../seeded.ts'

export interface OpenedStore {
  readonly store: Store
  /** Closes and opens the same data again. */
  readonly reopen: () => Promise<Store>
  /** One statement past the store, as damage comes. */
  readonly damage: (statement: string) => Promise<unknown>
  readonly remove: () => Promise<void>
}

/** Every implementation of the store contract; `tests/server/store/contract.test.ts` runs each of them through the same claims. */
export const stores: readonly { readonly name: string; readonly open: () => Promise<OpenedStore> }[] = [
  { name: 'node:sqlite', open: openSqliteInFolder },
  { name: 'PostgreSQL', open: openPostgresDatabase },
]

export async function openSqliteInFolder(): Promise<OpenedStore & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-store-'))
  const path = join(folder, 'terrain.db')
  const ground = { path, clock: steppedClock(), chance: seededChance(folder) }
  let open = await openSqliteStore(ground)
  return {
    path,
    store: open,
    damage: (statement) => {
      const database = openDatabase(path)
      database.exec(statement)
      database.close()
      return Promise.resolve()
    },
    reopen: async () => {
      await open.close()
      open = await openSqliteStore(ground)
      return open
    },
    remove: async () => {
      await open.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function openPostgresDatabase(): Promise<OpenedStore & { readonly url: string }> {
  const database = await createDatabase()
  const ground = { url: database.url, clock: steppedClock(), chance: seededChance(database.url) }
  let open = await openPostgresStore(ground)
  return {
    url: database.url,
    store: open,
    damage: database.query,
    reopen: async () => {
      await open.close()
      open = await openPostgresStore(ground)
      return open
    },
    remove: async () => {
      await open.close()
      await database.drop()
    },
  }
}

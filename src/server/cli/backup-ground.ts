import type { BackupGround } from '#server/backup/back-up.ts'
import type { ServerContext } from '#server/context.ts'
import { openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'

/** What backups stand on; a backup is looked at in SQLite whatever database it comes from. */
export function backupGround({ store, shelf, clock, chance, config }: ServerContext): BackupGround {
  const every: BackupGround['every'] = (ms, run) => {
    const timer = setInterval(run, ms).unref()
    return () => clearInterval(timer)
  }
  return { store, shelf, clock, every, dataDir: config.dataDir, openScratch: (path) => openSqliteStore({ path, clock, chance }) }
}

import type { Chance, Clock } from '#domain/ids.ts'
import type { BackupStatus } from '#server/backup/schedule.ts'
import type { Config } from '#server/config.ts'
import type { FileShelf } from '#server/files/shelf.ts'
import type { Log } from '#server/log.ts'
import type { Metrics } from '#server/metrics/metrics.ts'
import type { Store } from '#server/store/store.ts'

/** What the server stands on, put together in main.ts and nowhere else. */
export interface ServerContext {
  readonly config: Config
  readonly store: Store
  readonly shelf: FileShelf
  /** Folder of unfinished uploads; shared by all processes on one database. */
  readonly uploadDir: string
  readonly clock: Clock
  readonly chance: Chance
  readonly log: Log
  /** 32 bytes that sign session challenges; kept beside the database, the same for every process. */
  readonly serverKey: Uint8Array
  /** Folder of the built app, or null when only the API is served. */
  readonly appDir: string | null
  /** What is counted, where anybody may ask. */
  readonly metrics?: Metrics
  /** Whether it has been told to end: it finishes what it has, and wants nothing new. */
  readonly isStopping?: () => boolean
  /** How backups go, where they are made on a schedule. */
  readonly backupStatus?: () => BackupStatus
}

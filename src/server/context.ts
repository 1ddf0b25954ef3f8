import type { Chance, Clock } from '#domain/ids.ts'
import type { Config } from '#server/config.ts'
import type { FileDisk } from '#server/files/disk.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/store.ts'

/** What the server stands on, put together in main.ts and nowhere else. */
export interface ServerContext {
  readonly config: Config
  readonly store: Store
  readonly disk: FileDisk
  readonly clock: Clock
  readonly chance: Chance
  readonly log: Log
  /** 32 bytes that sign session challenges; kept beside the database, the same for every process. */
  readonly serverKey: Uint8Array
  /** Folder of the built app, or null when only the API is served. */
  readonly appDir: string | null
}

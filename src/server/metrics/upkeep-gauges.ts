import { readdir, statfs } from 'node:fs/promises'
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import type { Store } from '#server/store/store.ts'

export interface UpkeepGround {
  readonly store: Pick<Store, 'upkeep'>
  readonly uploadDir: string
  /** By name: the folders that must not run full. */
  readonly folders: Readonly<Record<string, string>>
}

/**
 * What is the same for all processes on one store, because it is read from it when somebody asks: of these one takes the highest,
 * never the sum. While the store does not answer they are missing, rather than old. Returns how to read them.
 */
export function createUpkeepGauges({ store, uploadDir, folders }: UpkeepGround, registers: Registry[]): () => Promise<void> {
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help: `${help} The same for all processes.`, registers })
  const quarantined = gauge('terrain_changes_set_aside', 'Changes that were set aside and wait for a person.')
  const alarms = gauge('terrain_alarms', 'Changes that came twice with other content, or out of their chain.')
  const unsafe = gauge('terrain_changes_not_backed_up', 'Changes that are in no verified backup yet; phones still hold them.')
  const verifiedAt = gauge('terrain_backup_verified_timestamp_seconds', 'When a backup was last verified.')
  const waiting = gauge('terrain_uploads_unfinished', 'Uploads that are not complete, or complete and not kept yet.')
  const lookAtDisks = createDiskGauges(folders, registers)
  const shared = [quarantined, alarms, unsafe, verifiedAt]
  const up = new Gauge({ name: 'terrain_store_up', help: '1 when the store answers this process.', registers })
  return async () => {
    try {
      const look = await store.upkeep.look()
      quarantined.set(look.quarantined)
      alarms.set(look.alarms)
      unsafe.set(look.unsafeChanges)
      verifiedAt.set(look.verifiedAt === null ? 0 : Date.parse(look.verifiedAt) / 1000)
      up.set(1)
    } catch {
      for (const one of shared) one.remove()
      up.set(0)
    }
    waiting.set(await unfinishedIn(uploadDir))
    await lookAtDisks()
  }
}

/** A full disk is what ends most small servers. */
function createDiskGauges(folders: Readonly<Record<string, string>>, registers: Registry[]): () => Promise<void> {
  const free = new Gauge({ name: 'terrain_disk_free_bytes', help: 'Room on the disk of a folder.', labelNames: ['folder'], registers })
  const size = new Gauge({ name: 'terrain_disk_size_bytes', help: 'Size of the disk of a folder.', labelNames: ['folder'], registers })
  return async () => {
    for (const [folder, path] of Object.entries(folders)) {
      const disk = await statfs(path).catch(() => null)
      if (disk === null) continue
      free.set({ folder }, disk.bavail * disk.bsize)
      size.set({ folder }, disk.blocks * disk.bsize)
    }
  }
}

async function unfinishedIn(uploadDir: string): Promise<number> {
  const names = await readdir(uploadDir).catch(() => [])
  return names.filter((name) => name.endsWith('.json')).length
}

import { readFile, readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import * as v from 'valibot'
import { inTime } from '#server/store/in-time.ts'
import type { Store } from '#server/store/store.ts'

const restMs = 60_000
/** What the upload library keeps beside the bytes. */
const aboutSchema = v.pipe(v.string(), v.parseJson(), v.looseObject({ size: v.pipe(v.number(), v.minValue(1)) }))

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
  const notKept = gauge('terrain_uploads_not_kept', 'Uploads of which every byte came more than a minute ago, and which are not kept.')
  const waiting = gauge('terrain_uploads_unfinished', 'Uploads that are not complete, or complete and not kept yet.')
  const lookAtDisks = createDiskGauges(folders, registers)
  const shared = [quarantined, alarms, unsafe, verifiedAt]
  const up = new Gauge({ name: 'terrain_store_up', help: '1 when the store answers this process.', registers })
  return async () => {
    try {
      const look = await inTime(store.upkeep.look())
      quarantined.set(look.quarantined)
      alarms.set(look.alarms)
      unsafe.set(look.unsafeChanges)
      verifiedAt.set(look.verifiedAt === null ? 0 : Date.parse(look.verifiedAt) / 1000)
      up.set(1)
    } catch {
      for (const one of shared) one.remove()
      up.set(0)
    }
    const ids = await uploadsIn(uploadDir)
    waiting.set(ids.length)
    notKept.set(await completeAmong(uploadDir, ids))
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

async function uploadsIn(uploadDir: string): Promise<readonly string[]> {
  const names = await readdir(uploadDir).catch(() => [])
  return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length))
}

/** What a phone broke off is nobody's fault; what is whole and does not go on says that something refuses it. The one that came last may be on its way just now. */
async function completeAmong(uploadDir: string, ids: readonly string[]): Promise<number> {
  let count = 0
  for (const id of ids) {
    const [about, file] = await Promise.all([readFile(join(uploadDir, `${id}.json`), 'utf8').catch(() => ''), stat(join(uploadDir, id)).catch(() => null)])
    const size = v.safeParse(aboutSchema, about)
    if (size.success && file !== null && file.size === size.output.size && Date.now() - file.mtimeMs > restMs) count += 1
  }
  return count
}

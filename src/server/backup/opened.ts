import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readDump } from '#server/backup/dump-file.ts'
import { dumpPath, readManifest } from '#server/backup/folder.ts'
import type { BackupReach, Manifest } from '#server/backup/manifest.ts'
import type { Store } from '#server/store/store.ts'
import { isDiskFull } from '#server/store/unavailable.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { toldInWords } from '#server/told-error.ts'

/** Opens an empty store at a path, for a look at a backup. */
export type OpenScratch = (path: string) => Promise<Store>

/** What the folder of such a store is called. */
export const lookMark = '.look-'

/** One thing that is wrong with a backup, in words for the operator. */
export type BackupFault = string

export interface OpenedBackup {
  readonly manifest: Manifest
  readonly store: Store
}

/**
 * A backup is worth what comes out of it: its dump is loaded into an empty store, and every hash, chain, seal and seq is
 * checked there. `look` sees the store, which is gone afterwards. It is not called when anything does not hold. The store stands
 * `within` a folder that may be written, which a backup that somebody brings need not be.
 */
export async function openBackup<Value>(backup: string, openScratch: OpenScratch, look: (opened: OpenedBackup) => Promise<Value>, within = backup): Promise<{ readonly faults: readonly BackupFault[]; readonly value: Value | null }> {
  const manifest = await readManifest(backup)
  if (manifest === null) return { faults: ['the manifest is missing or cannot be read'], value: null }
  const scratchDir = await mkdtemp(join(within, lookMark))
  const store = await openScratch(join(scratchDir, 'look.db'))
  try {
    const faults = await loaded(backup, manifest, store)
    return faults.length > 0 ? { faults, value: null } : { faults, value: await look({ manifest, store }) }
  } finally {
    await store.close()
    await rm(scratchDir, { recursive: true, force: true })
  }
}

async function loaded(backup: string, manifest: Manifest, store: Store): Promise<readonly BackupFault[]> {
  const known = new Set(await store.backup.schema())
  const newer = manifest.schema.filter((name) => !known.has(name))
  if (newer.length > 0) return [`it was made by a newer Terrain (${newer.join(', ')})`]
  try {
    await store.backup.load(readDump(dumpPath(backup), manifest.sha256), null)
  } catch (error) {
    // That says nothing of the backup, and no other one would do.
    if (isDiskFull(error)) throw error
    // Whatever cannot be unpacked, parsed or stored: the operator needs another backup, not a stack.
    return [`the dump cannot be read: ${toldInWords(error)}`]
  }
  if ((await store.epoch()) !== manifest.epoch) return ['the epoch is not the one of the manifest']
  const faults: BackupFault[] = []
  for (const reach of manifest.campaigns) faults.push(...(await campaignFaults(store, reach)))
  return faults
}

async function campaignFaults(store: Store, { id, seq }: BackupReach): Promise<readonly BackupFault[]> {
  const head = await store.changes.headSeq(id)
  const { faults } = await verifyCampaign(store, id)
  return [...(head === seq ? [] : [`campaign ${id} ends at ${head} and not at ${seq}`]), ...faults.map((fault) => `campaign ${id}: ${Object.values(fault).join(' ')}`)]
}

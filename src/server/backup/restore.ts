import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { CampaignId, Chance } from '#domain/ids.ts'
import { createUuid } from '#domain/new-ids.ts'
import type { BackupGround } from '#server/backup/back-up.ts'
import { carryFiles, toldLost } from '#server/backup/carry-files.ts'
import { readDump } from '#server/backup/dump-file.ts'
import { endedLog, endedLogName } from '#server/backup/ended-log.ts'
import { erasureLog, erasureLogName } from '#server/backup/erasure-log.ts'
import { dumpPath, listBackups, readManifest, shelfOf } from '#server/backup/folder.ts'
import type { Manifest } from '#server/backup/manifest.ts'
import { removeLeftLooks, saidUntilDone } from '#server/backup/half-restored.ts'
import { rightsLog, rightsLogName } from '#server/backup/rights-log.ts'
import { takeOutErased } from '#server/files/erased-files.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { openBackup } from '#server/backup/opened.ts'
import type { BackupFault } from '#server/backup/opened.ts'
import { brokenPromises, readPromises, readWholePromises } from '#server/backup/promises.ts'
import type { Promises } from '#server/backup/promises.ts'
import type { Ended, Erased, LostFile, Right } from '#server/store/backup-store.ts'

export type RestoreOutcome =
  | { readonly kind: 'restored'; readonly path: string; readonly manifest: Manifest; readonly epoch: string; readonly erased: number; readonly faults: readonly BackupFault[]; readonly filesLeft: number }
  | { readonly kind: 'no-backup' | 'not-empty' }
  /** It knows tables that this Terrain has not: either that Terrain is started, or what came since is given up. `ours` is the newest that this one can read. */
  | { readonly kind: 'newer'; readonly path: string; readonly ours: string | null }
  /** The dump itself does not hold: another backup is needed. */
  | { readonly kind: 'damaged'; readonly path: string; readonly faults: readonly BackupFault[] }
  /** Files are missing: only with `acceptLoss`. */
  | { readonly kind: 'files-missing'; readonly path: string; readonly faults: readonly BackupFault[] }
  /** Devices were told that more is safe than this backup holds, and may have forgotten it: only with `acceptLoss`. */
  | { readonly kind: 'promise-broken'; readonly path: string; readonly campaigns: readonly CampaignId[] }

/** Refs that were given after the backup are known to phones and paper only: the next ones begin far behind them. */
const refGap = 1000

/**
 * Makes an empty server from a backup. Nothing is written before the backup has proved itself; then files, erasures and, in
 * one transaction, the database: a restore that was killed is begun again.
 */
export async function restore(ground: BackupGround & { readonly chance: Chance }, from: string, { acceptLoss }: { readonly acceptLoss: boolean }): Promise<RestoreOutcome> {
  const { store, dataDir } = ground
  const found = await findBackup(resolve(from))
  if (found === null) return { kind: 'no-backup' }
  if ((await store.campaigns.list()).length > 0) return { kind: 'not-empty' }
  const { root } = found
  const erasures = erasureLog.merged([await erasureLog.read(join(root, erasureLogName)), await erasureLog.read(join(dataDir, erasureLogName))])
  const ended = endedLog.merged([await endedLog.read(join(root, endedLogName)), await endedLog.read(join(dataDir, endedLogName))])
  const rights = rightsLog.merged([await rightsLog.read(join(root, rightsLogName)), await rightsLog.read(join(dataDir, rightsLogName))])
  const read = acceptLoss ? readPromises : readWholePromises
  const promises = [await read(root), await read(dataDir)].map((told) => withoutErased(told, erasures))
  const path = await newestThatHolds(found.paths, promises)
  const known = new Set(await store.backup.schema())
  if (await isNewer(path, known)) return { kind: 'newer', path, ours: await newestOfOurs(found.paths, known) }
  return saidUntilDone(dataDir, () => bring(ground, { root, path, acceptLoss, promises, erasures, ended, rights }))
}

type Found = Omit<Proven, 'manifest' | 'lost'> & { readonly root: string; readonly acceptLoss: boolean }

/** The files, of what has proved itself, and then all else. */
async function bring(ground: BackupGround & { readonly chance: Chance }, { root, path, acceptLoss, ...logs }: Found): Promise<RestoreOutcome> {
  const { dataDir, shelf, openScratch } = ground
  const { promises } = logs
  await removeLeftLooks(dataDir)
  const opened = await openBackup(path, openScratch, async ({ manifest, store: look }) => {
    const broken = [...new Set(promises.flatMap((told) => brokenPromises(manifest, told)))]
    const lost: LostFile[] = []
    if (broken.length === 0 || acceptLoss) for (const { id } of manifest.campaigns) lost.push(...(await carryFiles({ store: look, from: shelfOf(root), to: shelf }, id)))
    return { manifest, broken, lost }
  }, dataDir)
  if (opened.value === null) return { kind: 'damaged', path, faults: opened.faults }
  const { manifest, broken, lost } = opened.value
  if (broken.length > 0 && !acceptLoss) return { kind: 'promise-broken', path, campaigns: broken }
  if (lost.length > 0 && !acceptLoss) return { kind: 'files-missing', path, faults: lost.map(toldLost) }
  return load(ground, { ...logs, path, manifest, lost })
}

interface Proven {
  readonly path: string
  readonly manifest: Manifest
  readonly erasures: readonly Erased[]
  readonly ended: readonly Ended[]
  readonly rights: readonly Right[]
  readonly promises: readonly Promises[]
  readonly lost: readonly LostFile[]
}

async function load({ store, shelf, dataDir, clock, chance }: BackupGround & { readonly chance: Chance }, { path, manifest, promises, erasures, ended, rights, lost }: Proven): Promise<RestoreOutcome> {
  await erasureLog.write(join(dataDir, erasureLogName), erasures)
  await endedLog.write(join(dataDir, endedLogName), ended)
  await rightsLog.write(join(dataDir, rightsLogName), rights)
  const epoch = createUuid(clock, chance)
  const reach = (campaign: CampaignId) => {
    const known = [...manifest.campaigns.filter(({ id }) => id === campaign), ...promises.flatMap((told) => told[campaign] ?? [])]
    return { challengeRef: Math.max(0, ...known.map(({ challengeRef }) => challengeRef)) + refGap, actionRef: Math.max(0, ...known.map(({ actionRef }) => actionRef)) + refGap }
  }
  const { kind } = await store.backup.load(readDump(dumpPath(path), manifest.sha256), { epoch, erasures, ended, rights, lost, reach })
  if (kind === 'not-empty') return { kind }
  // The backup had words and files that were erased after it.
  return { kind: 'restored', path, manifest, epoch, erased: erasures.length, faults: lost.map(toldLost), filesLeft: await takenOut({ store, shelf }) }
}

/** How many of them the storage has not let go: the server that starts next tries again. The rows are restored in any case. */
async function takenOut({ store, shelf }: Pick<BackupGround, 'store' | 'shelf'>): Promise<number> {
  try {
    await takeOutErased({ store, shelf })
    return 0
  } catch (error) {
    if (!(error instanceof ShelfUnavailable)) throw error
    return (await store.erasures.leftFiles()).length + (await store.erasures.orphans()).length
  }
}

/** A campaign that was erased as a whole is missing on purpose. */
function withoutErased(told: Promises, erasures: readonly Erased[]): Promises {
  const gone = new Set<string>(erasures.flatMap(({ campaignId, entryId, memberId }) => (entryId === undefined && memberId === undefined ? [campaignId] : [])))
  return Object.fromEntries(Object.entries(told).filter(([id]) => !gone.has(id)))
}

/** The backup that was named, or the verified ones of the folder that was named, the newest first. */
async function findBackup(from: string): Promise<{ readonly paths: readonly [string, ...string[]]; readonly root: string } | null> {
  if (existsSync(join(from, 'manifest.json'))) return { paths: [from], root: dirname(from) }
  const [newest, ...others] = (await listBackups(from)).toReversed().map((name) => join(from, name))
  return newest === undefined ? null : { paths: [newest, ...others], root: from }
}

/** Their names are by the clock, which may have gone ahead for a day: then the one that is called the newest holds less than one before it. */
async function newestThatHolds(paths: readonly [string, ...string[]], promises: readonly Promises[]): Promise<string> {
  for (const path of paths) {
    const manifest = await readManifest(path)
    if (manifest === null || promises.every((told) => brokenPromises(manifest, told).length === 0)) return path
  }
  return paths[0]
}

async function isNewer(path: string, known: ReadonlySet<string>): Promise<boolean> {
  return ((await readManifest(path))?.schema ?? []).some((name) => !known.has(name))
}

async function newestOfOurs(paths: readonly string[], known: ReadonlySet<string>): Promise<string | null> {
  for (const path of paths) if ((await readManifest(path)) !== null && !(await isNewer(path, known))) return path
  return null
}

import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { carryFiles, toldLost } from '#server/backup/carry-files.ts'
import { writeDump } from '#server/backup/dump-file.ts'
import { endedLog, endedLogName } from '#server/backup/ended-log.ts'
import { erasureLog, erasureLogName } from '#server/backup/erasure-log.ts'
import { backupName, dumpPath, isUnverified, listBackups, moveInto, partMark, readManifest, shelfOf, timeOf, writeManifest } from '#server/backup/folder.ts'
import type { IdLog } from '#server/backup/id-log.ts'
import { Gathering } from '#server/backup/manifest.ts'
import type { Manifest } from '#server/backup/manifest.ts'
import { openBackup } from '#server/backup/opened.ts'
import type { BackupFault, OpenScratch } from '#server/backup/opened.ts'
import { readPromises, writePromises } from '#server/backup/promises.ts'
import { rightsLog, rightsLogName } from '#server/backup/rights-log.ts'
import { refuseSetBack } from '#server/backup/set-back.ts'
import { dropOldUnverified, removeLeftParts, thinOut } from '#server/backup/thin-out.ts'
import { takeTurn } from '#server/backup/turn.ts'
import type { Every, Turn } from '#server/backup/turn.ts'
import { takeOutErased } from '#server/files/erased-files.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import type { FileShelf } from '#server/files/shelf.ts'
import { makeFolder } from '#server/make-folder.ts'
import type { Store } from '#server/store/store.ts'
import { isDiskFull } from '#server/store/unavailable.ts'

const hourMs = 3_600_000

export interface BackupGround {
  readonly store: Store
  readonly shelf: FileShelf
  readonly clock: Clock
  /** Of the server: its erasures.log, and a copy of what was promised. */
  readonly dataDir: string
  readonly openScratch: OpenScratch
  readonly every: Every
}

export type BackupOutcome =
  | { readonly kind: 'made' | 'unchanged'; readonly path: string; readonly manifest: Manifest; /** No other stands there, though phones were told before that all is safe: the disk that has them may not be mounted. */ readonly isAlone?: true }
  /** It was written and did not verify: devices are promised nothing. `path` is for a person to look at. */
  | { readonly kind: 'unverified'; readonly path: string; readonly faults: readonly BackupFault[] }
  /** Another process is making one of this database, or was killed a moment ago. */
  | { readonly kind: 'busy'; readonly path: string }

/**
 *   erasures that were cut off are finished ──► dump (one state) ──► same as the last? unchanged ──► load into an empty store, verify ──► files, each with its hash
 *      ──► rename ──► safe-seq.json ──► the database may promise            anything wrong ──► ….unverified, no promise
 */
export async function backUp(ground: BackupGround, root: string): Promise<BackupOutcome> {
  const turn = await takeTurn(ground).catch(async (error: unknown) => {
    // Not even the turn can be written down. So old is nobody's any more, and may be what fills it.
    if (isDiskFull(error)) await removeLeftParts(root, ground.clock.now() - hourMs)
    throw error
  })
  if (turn === null) return { kind: 'busy', path: root }
  try {
    await makeFolder(root, 0o700)
    await removeLeftParts(root)
    const own = await readPromises(ground.dataDir)
    await refuseSetBack(ground.store, [own, await readPromises(root)])
    const isAlone = Object.values(own).some(({ safeSeq }) => safeSeq > 0) && (await listBackups(root)).length === 0
    await dropOldUnverified(root, ground.clock.now())
    await finishErasing(ground)
    const outcome = await inTurn(ground, root, turn)
    return outcome.kind === 'made' && isAlone ? { ...outcome, isAlone } : outcome
  } finally {
    await turn.end()
  }
}

/** A process that died between taking a file from the shelf and forgetting it has left its name: the backup would look for it in vain. A storage that is away says so below. */
async function finishErasing(ground: BackupGround): Promise<void> {
  await takeOutErased(ground).catch((error: unknown) => {
    if (!(error instanceof ShelfUnavailable)) throw error
  })
}

async function inTurn(ground: BackupGround, root: string, turn: Turn): Promise<BackupOutcome> {
  const part = join(root, `${partMark}${randomUUID()}`)
  await mkdir(part, { mode: 0o700 })
  try {
    const { manifest, gathering } = await writeBackup(ground, part)
    await mirror({ log: erasureLog, name: erasureLogName }, [ground.dataDir, root], gathering.erased)
    await mirror({ log: endedLog, name: endedLogName }, [ground.dataDir, root], gathering.ended)
    await mirror({ log: rightsLog, name: rightsLogName }, [ground.dataDir, root], gathering.rights)
    const last = await sameAsLast(root, manifest, ground.clock.now())
    if (last !== null) {
      await promise(ground, root, { manifest, turn })
      // Nothing new is no reason to keep what was erased.
      await thinOut(root, ground.clock.now())
      return { kind: 'unchanged', path: last, manifest }
    }
    const faults = await verified(ground, part, root)
    // Whoever has the turn has taken away what stood here, and nothing is to be told of that.
    await refuseWhenLate(turn)
    const name = backupName(ground.clock.now())
    if (faults.length > 0) return { kind: 'unverified', path: await setAside(part, root, name), faults }
    await moveInto(part, join(root, name))
    await promise(ground, root, { manifest, turn })
    await thinOut(root, ground.clock.now())
    return { kind: 'made', path: join(root, name), manifest }
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

async function writeBackup({ store, clock }: BackupGround, part: string): Promise<{ readonly manifest: Manifest; readonly gathering: Gathering }> {
  const gathering = new Gathering()
  const schema = await store.backup.schema()
  const sha256 = await store.backup.dump((rows) => writeDump(dumpPath(part), rows, (row) => gathering.take(row)))
  const manifest: Manifest = {
    format: 1, madeAt: new Date(clock.now()).toISOString(), epoch: gathering.epoch, schema: [...schema], sha256, rows: gathering.rows, campaigns: gathering.campaigns,
  }
  await writeManifest(part, manifest)
  return { manifest, gathering }
}

/** What a clock that went ahead has named lies in the future, and is not the last. */
async function sameAsLast(root: string, { sha256 }: Manifest, now: number): Promise<string | null> {
  const last = (await listBackups(root)).filter((name) => timeOf(name) <= now).at(-1)
  if (last === undefined) return null
  return (await readManifest(join(root, last)))?.sha256 === sha256 ? join(root, last) : null
}

async function verified({ openScratch, shelf }: BackupGround, part: string, root: string): Promise<readonly BackupFault[]> {
  const { faults, value } = await openBackup(part, openScratch, async ({ manifest, store }) => {
    const missing: BackupFault[] = []
    for (const { id } of manifest.campaigns) missing.push(...(await carryFiles({ store, from: shelf, to: shelfOf(root) }, id)).map(toldLost))
    return missing
  })
  return [...faults, ...(value ?? [])]
}

async function promise({ store, dataDir, clock }: BackupGround, root: string, { manifest, turn }: { readonly manifest: Manifest; readonly turn: Turn }): Promise<void> {
  await refuseWhenLate(turn)
  if ((await store.epoch()) !== manifest.epoch) return
  await writePromises([root, dataDir], manifest)
  await store.backup.raiseSafeSeq(manifest.epoch, new Map(manifest.campaigns.map(({ id, seq }) => [id, seq])))
  await store.upkeep.noteVerified(instantOf(clock))
}

/** Of those that did not verify only the last is kept: a server that fails for a week must not fill the disk. */
async function setAside(part: string, root: string, name: string): Promise<string> {
  for (const old of await readdir(root)) if (isUnverified(old)) await rm(join(root, old), { recursive: true, force: true })
  const path = join(root, `${name}.unverified`)
  await moveInto(part, path)
  return path
}

/** Another one that began later may have promised more already, and is not to be taken back. */
async function refuseWhenLate(turn: Turn): Promise<void> {
  if (!(await turn.isOurs())) throw new Error('this backup stood still for so long that another one has begun')
}

/** What this machine has logged, and what stands in the database because another machine that shares it has done it. */
async function mirror<Line>({ log, name }: { readonly log: IdLog<Line>; readonly name: string }, [dataDir, root]: readonly [string, string], stored: readonly Line[]): Promise<void> {
  const [own, kept] = [await log.read(join(dataDir, name)), await log.read(join(root, name))]
  const all = log.merged([kept, own, stored])
  if (all.length > kept.length) await log.write(join(root, name), all)
}

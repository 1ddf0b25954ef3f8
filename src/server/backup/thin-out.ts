import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { endedLog, endedLogName } from '#server/backup/ended-log.ts'
import { erasureLog, erasureLogName } from '#server/backup/erasure-log.ts'
import { isUnverified, keptBackups, listBackups, longestMs, noteAhead, orIfMissing, partMark, syncFolder, timeOf } from '#server/backup/folder.ts'
import { removeFilesOf, sweep } from '#server/backup/sweep.ts'
import { removeHalfFiles } from '#server/files/disk-shelf.ts'

const hourMs = 3_600_000
/** One that is no longer wanted: under this name it is no backup, and whoever finds it goes on taking it away. */
const oldMark = '.old-'

/**
 * Takes away the backups that are no longer kept, the ones that did not verify, since there is a good one now, and the files that none of
 * the others names. For whoever has the turn and has just made a good one.
 */
export async function thinOut(root: string, now: number): Promise<void> {
  const names = await listBackups(root)
  const kept = keptBackups(names, now, { erasedAt: await lastErasure(root), ahead: await noteAhead(root, names, now) })
  const unwanted = [...names.filter((name) => !kept.has(name)), ...(await readdir(root)).filter(isUnverified)]
  for (const name of unwanted) await rename(join(root, name), join(root, `${oldMark}${name}`))
  await syncFolder(root)
  const staying = { root, kept: names.filter((name) => kept.has(name)) }
  const old = (await readdir(root)).filter((name) => name.startsWith(oldMark))
  // What else stands there without a name is looked for once a day, because it means to read all that is kept.
  const isRest = old.some(isUnverified) || isFirstOfDay(staying.kept)
  if (isRest) await removeHalfFiles(join(root, 'files'), now - hourMs)
  if (isRest) await sweep(staying)
  else if (old.length > 0) await removeFilesOf(old, staying)
  for (const name of old) await rm(join(root, name), { recursive: true, force: true })
}

/** One that did not verify may hold what was erased since, as any may, but for no longer than any: also where no good one comes. */
export async function dropOldUnverified(root: string, now: number): Promise<void> {
  for (const name of (await readdir(root)).filter(isUnverified)) if (now - timeOf(name) > longestMs) await rm(join(root, name), { recursive: true, force: true })
}

async function lastErasure(root: string): Promise<number> {
  const besides = (await endedLog.read(join(root, endedLogName))).filter(({ memberId, deviceId }) => memberId === undefined && deviceId === undefined)
  return [...(await erasureLog.read(join(root, erasureLogName))), ...besides].reduce((last, { at }) => Math.max(last, Date.parse(at)), 0)
}

function isFirstOfDay(kept: readonly string[]): boolean {
  const [last, before] = kept.toReversed()
  return last?.slice(0, 10) !== before?.slice(0, 10)
}

/**
 * What a killed process left behind, a second copy of the whole database for one: on a disk that it has filled no backup would ever be made that takes it away.
 * For whoever has the turn: of anybody else who still writes there nothing counts any more. Without it only what nothing has been made in since `before`.
 */
export async function removeLeftParts(root: string, before = Infinity): Promise<void> {
  for (const name of await orIfMissing(readdir(root), [])) {
    const path = join(root, name)
    if (name.startsWith(partMark) && (await stat(path)).mtimeMs < before) await rm(path, { recursive: true, force: true })
  }
}

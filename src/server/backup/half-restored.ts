import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Advice } from '#server/advice.ts'
import { orIfMissing, writeDurably } from '#server/backup/folder.ts'
import { lookMark } from '#server/backup/opened.ts'
import type { RestoreOutcome } from '#server/backup/restore.ts'
import { makeFolder } from '#server/make-folder.ts'
import type { Store } from '#server/store/store.ts'

const pathOf = (dataDir: string): string => join(dataDir, 'restore-unfinished')

const begun = 'A restore into this folder is beginning.\n'

/** Says so before there is a database: one that was cut off in its first moments has left an empty one, on which a server would begin anew. */
export async function sayRestoreBegins(dataDir: string): Promise<void> {
  await makeFolder(dataDir, 0o700)
  // One that was cut off before may have brought files.
  if (!existsSync(pathOf(dataDir))) await writeDurably(pathOf(dataDir), begun)
}

/** It was refused before it brought anything. */
export async function unsayBegun(dataDir: string): Promise<void> {
  if ((await orIfMissing(readFile(pathOf(dataDir), 'utf8'), '')) === begun) await rm(pathOf(dataDir), { force: true })
}

/** Says in the data folder that a restore is under way there, until it is done or has written nothing. */
export async function saidUntilDone(dataDir: string, restore: () => Promise<RestoreOutcome>): Promise<RestoreOutcome> {
  await writeDurably(pathOf(dataDir), 'A restore into this folder was begun.\n')
  const outcome = await restore()
  // Files have been brought already, and no row knows of them.
  if (outcome.kind !== 'files-missing') await rm(pathOf(dataDir), { force: true })
  return outcome
}

/**
 * Refuses an empty database beside files of a restore that was cut off. A server that began anew there would be a stranger to all phones, whoever restored then would be told that the
 * folder holds a campaign, and what was brought of people's photos and words would stay for good, since no row names them.
 * @throws Advice
 */
export async function refuseHalfRestored(store: Pick<Store, 'campaigns'>, dataDir: string): Promise<void> {
  if ((await store.campaigns.list()).length > 0) {
    // It had come to its end but for this.
    await rm(pathOf(dataDir), { force: true })
    await removeLeftLooks(dataDir)
  } else if (existsSync(pathOf(dataDir))) {
    throw new Advice(`A restore into ${dataDir} is under way, or ended before it was done. Run terrain restore there again, with what is said then, before a server is started; or name another folder, which is empty, and remove this one.`)
  }
}

/** Of a restore that was killed: it holds all words of the backup. */
export async function removeLeftLooks(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) if (name.startsWith(lookMark)) await rm(join(dataDir, name), { recursive: true, force: true })
}

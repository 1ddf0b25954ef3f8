import { setTimeout as wait } from 'node:timers/promises'
import { Advice } from '#server/advice.ts'
import { readPromises } from '#server/backup/promises.ts'
import type { Promises } from '#server/backup/promises.ts'
import type { Config } from '#server/config.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/store.ts'

/**
 * Refuses a database that holds less than phones were told is safe: an older copy of it was put in its place, by hand, by a snapshot of its disk or by a replica
 * that was behind. Served as it is it would lose words without a sign, since phones go on from where they were and take for received what is gone. A restore makes
 * another history of it, and they send what it lacks. No backup is made of it either, which would forget what was promised.
 * A campaign that it lacks altogether is passed over, unless it lacks all: another machine may have erased it.
 * @param promises read before, so that what a backup promises meanwhile is in the database
 * @throws Advice
 */
export async function refuseSetBack(store: Store, promises: readonly Promises[]): Promise<void> {
  const epoch = await store.epoch()
  const campaigns = await store.campaigns.list()
  if (campaigns.length === 0) refuseEmptied(promises)
  for (const { id, name } of campaigns) {
    const told = Math.max(0, ...promises.flatMap((campaigns) => (campaigns[id]?.epoch === epoch ? [campaigns[id].safeSeq] : [])))
    const head = await store.changes.headSeq(id)
    if (told > head) throw new Advice(`The database of "${name}" ends at change ${head}, and phones were told that all up to change ${told} are safe: an older copy was put in its place. Restore the last backup into an empty folder, as docs/operate.md says under "Restore"; phones then send what it lacks.`)
  }
}

/**
 * Nothing takes the last campaign out of a database, so this is another one. A server that began anew on it would be a stranger to all phones, and its first backup would
 * write over what they were told; in two weeks the backups of before would be gone.
 */
function refuseEmptied(promises: readonly Promises[]): void {
  const isPromised = promises.some((campaigns) => Object.values(campaigns).some(({ safeSeq }) => safeSeq > 0))
  if (isPromised) throw new Advice('The database is empty, and phones were told that what they sent is safe. Most often a disk is not mounted, or TERRAIN_DATA or DATABASE_URL names another place than before: mend that. If it is lost, restore the last backup, as docs/operate.md says under "Restore". To begin anew all the same, name empty folders in TERRAIN_DATA and BACKUP_DIR.')
}

const patienceMs = 5000

/** What stands in the data folder and beside the backups, when a server starts. A disk of backups that is away, or hangs, holds nobody up: most often both say the same. */
export async function promisesAtStart({ dataDir, backup }: Config, log: Log): Promise<readonly Promises[]> {
  const own = await readPromises(dataDir)
  if (backup === undefined) return [own]
  const beside = Promise.race([readPromises(backup.dir), wait(patienceMs, undefined, { ref: false }).then(() => Promise.reject(new Error('no answer')))])
  return [own, await beside.catch((error: unknown) => {
    log.error({ err: error, dir: backup.dir }, 'what phones were told is safe could not be read beside the backups')
    return {}
  })]
}

import { Advice } from '#server/advice.ts'
import { readPromises } from '#server/backup/promises.ts'
import type { Store } from '#server/store/store.ts'

/**
 * Refuses a database that holds less than phones were told is safe: an older copy of it was put in its place, by hand, by a snapshot of its disk or by a replica
 * that was behind. Served as it is it would lose words without a sign, since phones go on from where they were and take for received what is gone. A restore makes
 * another history of it, and they send what it lacks. No backup is made of it either, which would forget what was promised.
 * @param folders with a `safe-seq.json`: the data folder, and the one of the backups
 * @throws Advice
 */
export async function refuseSetBack(store: Store, folders: readonly string[]): Promise<void> {
  const promises = await Promise.all(folders.map(readPromises))
  const epoch = await store.epoch()
  for (const { id, name } of await store.campaigns.list()) {
    const told = Math.max(0, ...promises.flatMap((campaigns) => (campaigns[id]?.epoch === epoch ? [campaigns[id].safeSeq] : [])))
    const head = await store.changes.headSeq(id)
    if (told > head) throw new Advice(`The database of "${name}" ends at change ${head}, and phones were told that all up to change ${told} are safe: an older copy was put in its place. Restore the last backup into an empty folder, as docs/operate.md says under "Restore"; phones then send what it lacks.`)
  }
}

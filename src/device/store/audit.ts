import type { EntryId } from '#domain/ids.ts'
import { findDamage } from '#device/store/damage.ts'
import type { Damage } from '#device/store/damage.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isCounterBehind, lastPlace } from '#device/store/fitness.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { sweepFiles } from '#device/store/orphan-files.ts'
import { refold } from '#device/store/refold.ts'
import { withReserve } from '#device/store/reserve.ts'
import { isFull } from '#device/store/storage-problem.ts'

/**
 * At every start: each entry that has changes has its row, the counter is not behind the chain, no bytes lie about that nothing
 * leads to, and a new version of the app, whose fold may know more, folds everything once. The changes are the truth; the rest is
 * made from them. What cannot be made again is kept as it is and counted (`meta.damage`); an entry row without changes may hold
 * the only words there are. A store in which all is well is not written to.
 */
export async function audit(db: DeviceDatabase, appVersion: string): Promise<void> {
  try {
    await withReserve(db, () => db.write([db.drafts, db.changes, db.entries, db.receipts, db.files, db.fileChunks, db.meta], () => mend(db, appVersion)))
  } catch (error) {
    // A phone without any room opens all the same: what is on it can be read and sent, which is how it gets room again.
    if (!isFull(error)) throw error
  }
}

async function mend(db: DeviceDatabase, appVersion: string): Promise<void> {
  // The keys of that index are entry ids, which the library cannot know.
  const withChanges = new Set((await db.changes.orderBy('entryId').uniqueKeys()) as unknown as readonly EntryId[])
  const folded = await db.entries.toCollection().primaryKeys()
  const isOtherFold = (await readMeta(db, 'foldedBy')) !== appVersion
  const isFolded = new Set(folded)
  const broken = await refold(db, new Set([...withChanges].filter((id) => isOtherFold || !isFolded.has(id))))
  if (isOtherFold) await writeMeta(db, 'foldedBy', appVersion)
  await mendCounter(db)
  await sweepFiles(db)
  const orphans = folded.filter((id) => !withChanges.has(id))
  await tell(db, await findDamage(db, [...broken, ...orphans]))
}

async function mendCounter(db: DeviceDatabase): Promise<void> {
  if (await isCounterBehind(db)) await writeMeta(db, 'deviceSeq', await lastPlace(db))
}

async function tell(db: DeviceDatabase, { entries, changes }: Damage): Promise<void> {
  const told = (await readMeta(db, 'damage')) ?? { entries: 0, changes: 0 }
  if (told.entries !== entries || told.changes !== changes) await writeMeta(db, 'damage', { entries, changes })
}

import type { EntryId } from '#domain/ids.ts'
import { findDamage } from '#device/store/damage.ts'
import type { Damage } from '#device/store/damage.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { areRowsReadable, isCounterBehind, lastPlace } from '#device/store/fitness.ts'
import { readMeta, readMetas, writeMeta } from '#device/store/meta.ts'
import type { Meta } from '#device/store/meta.ts'
import { sweepFiles } from '#device/store/orphan-files.ts'
import { refold } from '#device/store/refold.ts'
import { withReserve } from '#device/store/reserve.ts'
import { entryShape } from '#device/store/rows.ts'
import { isFull } from '#device/store/storage-problem.ts'

/**
 * At every start: each entry that has changes has its row, in a shape that can be read, the counter is not behind the chain, and no bytes lie
 * about that nothing leads to. The changes are the truth; the rest is made from them. What cannot be made again is kept as it is and counted (`meta.damage`); an entry row without changes may hold
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
  const [isReadable, isFolded] = [await areRowsReadable(db), new Set(folded)]
  const broken = await refold(db, new Set([...withChanges].filter((id) => !isReadable || !isFolded.has(id))))
  if (!isReadable) await noteFolded(db, appVersion)
  await mendCounter(db)
  await sweepFiles(db)
  const orphans = folded.filter((id) => !withChanges.has(id))
  await tell(db, await findDamage(db, [...broken, ...orphans]))
}

/**
 * A new version of the app, whose fold may know more, folds everything once: in pieces, between which others write and the page answers, and
 * going on where an earlier start was ended. What comes out the same is not written.
 */
export async function foldAnew(db: DeviceDatabase, appVersion: string, pause: () => Promise<void>): Promise<void> {
  if ((await db.again(() => readMeta(db, 'foldedAs')))?.by === appVersion) return
  while (await db.write([db.changes, db.entries, db.meta], () => isMoreLeft(db, appVersion))) await pause()
}

async function isMoreLeft(db: DeviceDatabase, by: string): Promise<boolean> {
  const { foldedAs, folding } = await readMetas(db, ['foldedAs', 'folding'])
  // Another window of this version may have come to the end.
  if (foldedAs?.by === by) return false
  const ids = (await db.changes.where('entryId').above(folding?.by === by ? folding.upTo : '').limit(foldedInTurn).uniqueKeys()) as unknown as readonly EntryId[]
  const [broken, last] = [await refold(db, new Set(ids), { isWritten: 'where-other' }), ids.at(-1)]
  if (broken.length > 0) await tellMore(db, broken.length)
  if (last === undefined || ids.length < foldedInTurn) {
    await noteFolded(db, by)
    return false
  }
  await writeMeta(db, 'folding', { by, upTo: last })
  return true
}

/** An old phone takes a tenth of a second for them. */
const foldedInTurn = 50

async function noteFolded(db: DeviceDatabase, by: string): Promise<void> {
  await writeMeta(db, 'foldedAs', { by, shape: entryShape })
  await db.meta.bulkDelete(['foldedBy', 'folding'] satisfies readonly (keyof Meta)[])
}

async function tellMore(db: DeviceDatabase, entries: number): Promise<void> {
  const told = (await readMeta(db, 'damage')) ?? { entries: 0, changes: 0 }
  await writeMeta(db, 'damage', { ...told, entries: told.entries + entries })
}

async function mendCounter(db: DeviceDatabase): Promise<void> {
  if (await isCounterBehind(db)) await writeMeta(db, 'deviceSeq', await lastPlace(db))
}

async function tell(db: DeviceDatabase, { entries, changes }: Damage): Promise<void> {
  const told = (await readMeta(db, 'damage')) ?? { entries: 0, changes: 0 }
  if (told.entries !== entries || told.changes !== changes) await writeMeta(db, 'damage', { entries, changes })
}

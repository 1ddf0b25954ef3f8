import type { EntryId } from '#domain/ids.ts'
import { isSameSet } from '#device/same-set.ts'
import { findDamage } from '#device/store/damage.ts'
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
    await withReserve(db, () => db.write(auditTables(db), () => mend(db, appVersion)))
  } catch (error) {
    // A phone without any room opens all the same: what is on it can be read and sent, which is how it gets room again.
    if (!isFull(error)) throw error
  }
}

const auditTables = (db: DeviceDatabase) => [db.drafts, db.changes, db.entries, db.receipts, db.files, db.fileChunks, db.meta]

async function mend(db: DeviceDatabase, appVersion: string): Promise<void> {
  const [keys, isReadable, unfolded] = [await readKeys(db), await areRowsReadable(db), (await readMeta(db, 'unfolded')) ?? []]
  const again = new Set([...keys.withChanges].filter((id) => !isReadable || !keys.folded.has(id) || unfolded.includes(id)))
  await keepUnfolded(db, unfolded, await refold(db, again))
  if (!isReadable) await noteFolded(db, appVersion)
  await mendCounter(db)
  await sweepFiles(db)
  await tellDamage(db, keys)
}

interface Keys {
  readonly withChanges: ReadonlySet<EntryId>
  readonly folded: ReadonlySet<EntryId>
}

async function readKeys(db: DeviceDatabase): Promise<Keys> {
  // The keys of that index are entry ids, which the library cannot know.
  const withChanges = new Set((await db.changes.orderBy('entryId').uniqueKeys()) as unknown as readonly EntryId[])
  return { withChanges, folded: new Set(await db.entries.toCollection().primaryKeys()) }
}

/**
 * A new version of the app, whose fold may know more, folds everything once: in pieces, between which others write and the page answers, and
 * going on where an earlier start was ended. What comes out the same is not written.
 */
export async function foldAnew(db: DeviceDatabase, appVersion: string, pause: () => Promise<void>): Promise<void> {
  const { foldedAs, folding } = await db.again(() => readMetas(db, ['foldedAs', 'folding']))
  if (foldedAs?.by === appVersion && folding === undefined) return
  for (let isBegun = false; ; isBegun = true) {
    const piece = await db.write([db.changes, db.entries, db.meta], () => foldPiece(db, appVersion, isBegun))
    if (piece.isNews) await tellDamageAnew(db)
    if (piece.isLast) return
    await pause()
  }
}

/** `isNews`: other entries than before cannot be folded. */
interface Piece {
  readonly isNews: boolean
  readonly isLast: boolean
}

async function foldPiece(db: DeviceDatabase, by: string, isBegun: boolean): Promise<Piece> {
  const { foldedAs, foldedBy, folding, unfolded = [] } = await readMetas(db, ['foldedAs', 'foldedBy', 'folding', 'unfolded'])
  if (foldedAs?.by === by) {
    // What another version had begun, before this one was rolled back to, is no longer as it left it.
    if (folding !== undefined) await db.meta.delete('folding')
    return { isNews: false, isLast: true }
  }
  // Another version is at it in another window: two would begin again and again. The next start sees to what is left.
  if (foldedBy !== undefined || (isBegun && folding?.by !== by)) return { isNews: false, isLast: true }
  const ids = (await db.changes.where('entryId').above(folding?.by === by ? folding.upTo : '').limit(foldedInTurn).uniqueKeys()) as unknown as readonly EntryId[]
  const [broken, last] = [await refold(db, new Set(ids), { isWritten: 'where-other' }), ids.at(-1)]
  const isNews = await keepUnfolded(db, unfolded, [...unfolded.filter((id) => !ids.includes(id)), ...broken])
  const isLast = last === undefined || ids.length < foldedInTurn
  if (isLast) await noteFolded(db, by)
  else await writeMeta(db, 'folding', { by, upTo: last })
  return { isNews, isLast }
}

/** An old phone takes a tenth of a second for them. */
const foldedInTurn = 50

async function noteFolded(db: DeviceDatabase, by: string): Promise<void> {
  await writeMeta(db, 'foldedAs', { by, shape: entryShape })
  await db.meta.bulkDelete(['foldedBy', 'folding'] satisfies readonly (keyof Meta)[])
}

/** Whether they are others than before. */
async function keepUnfolded(db: DeviceDatabase, before: readonly EntryId[], now: readonly EntryId[]): Promise<boolean> {
  if (isSameSet(new Set(before), new Set(now))) return false
  await writeMeta(db, 'unfolded', now)
  return true
}

async function mendCounter(db: DeviceDatabase): Promise<void> {
  if (await isCounterBehind(db)) await writeMeta(db, 'deviceSeq', await lastPlace(db))
}

/** What was found behind the start counts like what a start finds. */
export async function tellDamageAnew(db: DeviceDatabase): Promise<void> {
  await db.write(auditTables(db), async () => tellDamage(db, await readKeys(db)))
}

async function tellDamage(db: DeviceDatabase, { withChanges, folded }: Keys): Promise<void> {
  const unfolded = (await readMeta(db, 'unfolded')) ?? []
  const orphans = [...folded].filter((id) => !withChanges.has(id))
  const { entries, changes } = await findDamage(db, [...unfolded, ...orphans])
  const told = (await readMeta(db, 'damage')) ?? { entries: 0, changes: 0 }
  if (told.entries !== entries || told.changes !== changes) await writeMeta(db, 'damage', { entries, changes })
}

import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, readMetas } from '#device/store/meta.ts'
import { entryShape } from '#device/store/rows.ts'

/**
 * Whether the first screen may come before the audit: the entries have the shape that this app reads, or there is none yet, and the counter
 * is not behind. The audit itself looks at every row of a phone that has been in use for long.
 */
export function isFit(db: DeviceDatabase): Promise<boolean> {
  return db.read([db.changes, db.entries, db.meta], async () => {
    const [isReadable, isBehind] = await Promise.all([areRowsReadable(db), isCounterBehind(db)])
    return isReadable && !isBehind
  })
}

/** By which version of the app they were folded does not matter for that, unless it knew of no shapes. */
export async function areRowsReadable(db: DeviceDatabase): Promise<boolean> {
  const { foldedAs, foldedBy } = await readMetas(db, ['foldedAs', 'foldedBy'])
  if (foldedAs !== undefined && foldedBy === undefined) return foldedAs.shape === entryShape
  return (await db.changes.count()) + (await db.entries.count()) === 0
}

export async function isCounterBehind(db: DeviceDatabase): Promise<boolean> {
  const [last, counter] = await Promise.all([lastPlace(db), readMeta(db, 'deviceSeq')])
  return last > (counter ?? 0)
}

/** In the chain of this device; 0 where it is empty. */
export async function lastPlace(db: DeviceDatabase): Promise<number> {
  return (await db.changes.orderBy('ownSeq').last())?.ownSeq ?? 0
}

import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'

/**
 * Whether the first screen may come before the audit: the entries were folded by this very version, or there is none yet, and the counter
 * is not behind. The audit itself looks at every row of a phone that has been in use for long.
 */
export function isFit(db: DeviceDatabase, appVersion: string): Promise<boolean> {
  return db.read([db.changes, db.entries, db.meta], async () => {
    const [foldedBy, isBehind] = await Promise.all([readMeta(db, 'foldedBy'), isCounterBehind(db)])
    const isFolded = foldedBy === appVersion || (foldedBy === undefined && (await db.changes.count()) + (await db.entries.count()) === 0)
    return isFolded && !isBehind
  })
}

export async function isCounterBehind(db: DeviceDatabase): Promise<boolean> {
  const [last, counter] = await Promise.all([lastPlace(db), readMeta(db, 'deviceSeq')])
  return last > (counter ?? 0)
}

/** In the chain of this device; 0 where it is empty. */
export async function lastPlace(db: DeviceDatabase): Promise<number> {
  return (await db.changes.orderBy('ownSeq').last())?.ownSeq ?? 0
}

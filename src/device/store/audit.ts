import type { EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { refold } from '#device/store/refold.ts'

/**
 * At every start: each entry that has changes has its row, the counter is not behind the chain, and a new version of the app,
 * whose fold may know more, folds everything once. The changes are the truth; the rest is made from them.
 */
export async function audit(db: DeviceDatabase, appVersion: string): Promise<void> {
  await db.write([db.changes, db.entries, db.meta], async () => {
    // The keys of that index are entry ids, which the library cannot know.
    const withChanges = (await db.changes.orderBy('entryId').uniqueKeys()) as unknown as readonly EntryId[]
    const folded = new Set(await db.entries.toCollection().primaryKeys())
    const isOtherFold = (await readMeta(db, 'foldedBy')) !== appVersion
    await refold(db, new Set(withChanges.filter((id) => isOtherFold || !folded.has(id))))
    await writeMeta(db, 'foldedBy', appVersion)
    const last = await db.changes.orderBy('ownSeq').last()
    const counter = (await readMeta(db, 'deviceSeq')) ?? 0
    if (last?.ownSeq !== undefined && last.ownSeq > counter) await writeMeta(db, 'deviceSeq', last.ownSeq)
  })
}

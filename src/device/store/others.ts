import type { EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'

/**
 * Another selection begins: what others have written goes, as nobody would tell this phone any more when it is withdrawn or erased. What of it may
 * still be seen comes again from the beginning. Own entries stay with all that was said on them, and so does what was written here on entries of
 * others. Inside the caller's transaction.
 */
export async function forgetOthers(db: DeviceDatabase, touched: Set<EntryId>): Promise<void> {
  const memberId = (await readMeta(db, 'membership'))?.membership.member.id
  await db.digests.clear()
  const records = await db.changes.filter(({ own, change, memberId: by }) => !own && by !== memberId && change?.type === 'record').toArray()
  for (const { entryId } of records) {
    const rows = await db.changes.where('entryId').equals(entryId).toArray()
    await db.changes.bulkDelete(rows.flatMap(({ id, own }) => (own ? [] : [id])))
    touched.add(entryId)
  }
  // The names of those who decided come again with the first page; that of somebody who was erased does not.
  await db.members.clear()
}

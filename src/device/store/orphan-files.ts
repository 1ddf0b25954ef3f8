import { changeFrom } from '#domain/change.ts'
import { namedFiles } from '#domain/named-files.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { FileRow } from '#device/store/rows.ts'

/**
 * Bytes that nothing leads to, inside the caller's transaction: chunks without a file, and a photo of a draft that is gone. One
 * that a change of its entry names belongs to that entry, whatever its row says.
 */
export async function sweepFiles(db: DeviceDatabase): Promise<void> {
  const drafts = new Set(await db.drafts.toCollection().primaryKeys())
  for (const file of await db.files.filter((one) => !one.saved && !drafts.has(one.entryId)).toArray()) {
    if (await isNamed(db, file)) await db.files.put({ ...file, saved: true })
    else await db.files.delete([file.entryId, file.sha256])
  }
  const known = new Set((await db.files.toCollection().primaryKeys()).map(([entryId, sha256]) => `${entryId} ${sha256}`))
  const keys = await db.fileChunks.toCollection().primaryKeys()
  const loose = keys.filter(([entryId, sha256]) => !known.has(`${entryId} ${sha256}`))
  if (loose.length > 0) await db.fileChunks.bulkDelete(loose)
}

async function isNamed(db: DeviceDatabase, { entryId, sha256 }: FileRow): Promise<boolean> {
  const rows = await db.changes.where('entryId').equals(entryId).toArray()
  return rows.some((row) => {
    const change = row.change === null ? null : changeFrom(row.change)
    return change !== null && namedFiles(change).includes(sha256)
  })
}

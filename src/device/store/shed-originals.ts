import { changeFrom } from '#domain/change.ts'
import type { Sha256 } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { deleteFiles } from '#device/store/files.ts'
import { readMeta } from '#device/store/meta.ts'
import type { ChangeRow, FileRow } from '#device/store/rows.ts'

/**
 * Lets photos go until `wantedBytes` are free, oldest entries first, and returns how many bytes went. Only originals whose
 * receipt stands inside a verified backup, in the epoch that the phone stands in: whatever happens to the server then, it can
 * bring them back. Thumbnails stay to be looked at.
 */
export async function shedOriginals(db: DeviceDatabase, wantedBytes: number): Promise<number> {
  return db.write([db.files, db.fileChunks, db.changes, db.meta], async () => {
    const safeSeq = (await readMeta(db, 'pull'))?.safeSeq ?? 0
    // Entry ids begin with their time, and the key with the entry.
    const candidates = (await db.files.toArray()).filter(({ role, saved, stored }) => role === 'original' && saved && stored)
    let freed = 0
    for (const file of candidates) {
      if (freed >= wantedBytes) break
      if (!(await isInBackup(db, file, safeSeq))) continue
      await deleteFiles(db, file.entryId, ({ sha256 }) => sha256 === file.sha256)
      freed += file.bytes
    }
    return freed
  })
}

/** A restore takes the seq from everything above what it brought back, and `safeSeq` begins anew: both are of one epoch. */
async function isInBackup(db: DeviceDatabase, { entryId, sha256 }: FileRow, safeSeq: number): Promise<boolean> {
  const rows = await db.changes.where('entryId').equals(entryId).toArray()
  return rows.some((row) => row.seq !== null && row.seq <= safeSeq && row.quarantined !== true && isReceiptFor(row, sha256))
}

function isReceiptFor({ change }: ChangeRow, sha256: Sha256): boolean {
  const known = change?.type === 'fileStored' ? changeFrom(change) : null
  return known?.type === 'fileStored' && known.body.sha256 === sha256
}

import type { EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { Refusal } from '#device/store/storage-problem.ts'

/** Whether an entry was erased, here or elsewhere, as far as this phone has heard; inside the caller's transaction over the changes. */
export async function isErasedHere(db: DeviceDatabase, entryId: EntryId): Promise<boolean> {
  const rows = await db.changes.where('entryId').equals(entryId).toArray()
  if (rows.some(({ change, quarantined }) => change?.type === 'erase' && quarantined !== true)) return true
  return rows.some(({ change }) => change === null) && !rows.some(({ change }) => change?.type === 'record')
}

/** A page may still stand open on it: what is written there would lie on the phone, or go out, after everything of the entry has gone. */
export async function refuseIfErased(db: DeviceDatabase, entryId: EntryId): Promise<void> {
  if (await isErasedHere(db, entryId)) throw new Refusal({ kind: 'storage-failed', name: 'no-entry' })
}

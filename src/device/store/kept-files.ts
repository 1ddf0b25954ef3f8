import { originalsByKind } from '#device/store/files.ts'
import type { DeviceDatabase } from '#device/store/database.ts'

/** Photos and voice notes of entries and drafts as they lie on this phone, and the room that all their bytes take. */
export interface KeptFiles {
  readonly photos: number
  readonly voices: number
  readonly bytes: number
}

/** A photo is one thing to a person; its thumbnail counts only for the room that it takes. A voice note is no photo. */
export async function readKeptFiles(db: DeviceDatabase): Promise<KeptFiles> {
  const files = await db.files.toArray()
  return { ...originalsByKind(files), bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}

import type { KeptFiles } from '#device/device.ts'
import { originalsByKind } from '#device/store/files.ts'
import type { DeviceDatabase } from '#device/store/database.ts'

/** A photo is one thing to a person; its thumbnail counts only for the room that it takes. A voice note is no photo. */
export async function readKeptFiles(db: DeviceDatabase): Promise<KeptFiles> {
  const files = await db.files.toArray()
  return { ...originalsByKind(files), bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}

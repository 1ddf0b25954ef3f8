import type { KeptFiles } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'

/** A photo is one thing to a person; its thumbnail counts only for the room that it takes. */
export async function readKeptFiles(db: DeviceDatabase): Promise<KeptFiles> {
  const files = await db.files.toArray()
  return { photos: files.filter(({ role }) => role === 'original').length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}

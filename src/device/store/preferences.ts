import type { Preferences } from '#device/device.ts'
import { firstPreferences } from '#device/first-preferences.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'

export async function readPreferences(db: DeviceDatabase): Promise<Preferences> {
  return { ...firstPreferences, ...(await readMeta(db, 'preferences')) }
}

export async function setPreferences(db: DeviceDatabase, patch: Partial<Preferences>): Promise<void> {
  await db.write([db.meta], async () => {
    await writeMeta(db, 'preferences', { ...(await readMeta(db, 'preferences')), ...patch })
  })
}

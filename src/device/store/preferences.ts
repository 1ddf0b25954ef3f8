import type { Preferences } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'

const first: Preferences = { language: null, theme: 'system', lastPlace: null, recentPlaces: [], lastOrg: null, recentTopics: [], installDismissed: false, keepsMap: false, mobilePhotos: null, riskRestsUntil: null }

export async function readPreferences(db: DeviceDatabase): Promise<Preferences> {
  return { ...first, ...(await readMeta(db, 'preferences')) }
}

export async function setPreferences(db: DeviceDatabase, patch: Partial<Preferences>): Promise<void> {
  await db.write([db.meta], async () => {
    await writeMeta(db, 'preferences', { ...(await readMeta(db, 'preferences')), ...patch })
  })
}

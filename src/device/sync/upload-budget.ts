import type { Clock } from '#domain/ids.ts'
import type { Preferences } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { readPreferences } from '#device/store/preferences.ts'

export interface BudgetGround {
  readonly db: DeviceDatabase
  readonly clock: Clock
  readonly network: Pick<DeviceGround['network'], 'isMetered'>
}

/** Some thirty photos: what a small data plan can bear a day. */
export const dailyBytes = 10_000_000

const limits: Readonly<Record<NonNullable<Preferences['mobilePhotos']>, number | null>> = { small: 0, some: dailyBytes, all: null }

/**
 * How many bytes of originals may go today; null: as many as there are. A connection that is known to cost nothing has no limit;
 * where the browser does not say, only what the person has chosen holds.
 */
export function dailyLimit(isMetered: boolean | null, wish: Preferences['mobilePhotos']): number | null {
  if (isMetered === false) return null
  if (wish === null) return isMetered === true ? dailyBytes : null
  return limits[wish]
}

/** May an original of that size go now? The first of a day may exceed the share, or one large photo would wait for ever. */
export async function hasRoomFor({ db, clock, network }: BudgetGround, bytes: number): Promise<boolean> {
  const limit = dailyLimit(network.isMetered?.() ?? null, (await readPreferences(db)).mobilePhotos)
  if (limit === null) return true
  const spent = await spentToday(db, clock)
  return limit > 0 && (spent === 0 || spent + bytes <= limit)
}

/** Counted file by file: what a browser that is killed in the middle of one has sent of it is not in it. */
export async function spend({ db, clock, network }: BudgetGround, bytes: number): Promise<void> {
  if (bytes === 0 || network.isMetered?.() === false) return
  await db.write([db.meta], async () => {
    await writeMeta(db, 'uploaded', { day: localDay(clock.now()), bytes: (await spentToday(db, clock)) + bytes })
  })
}

async function spentToday(db: DeviceDatabase, clock: Clock): Promise<number> {
  const uploaded = await readMeta(db, 'uploaded')
  return uploaded?.day === localDay(clock.now()) ? uploaded.bytes : 0
}

/** The day of the phone's own calendar: data plans count like their owners. */
function localDay(ms: number): string {
  const date = new Date(ms)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

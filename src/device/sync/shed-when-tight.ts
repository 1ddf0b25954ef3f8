import type { DeviceGround } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isReserveGiven } from '#device/store/reserve.ts'
import { shedOriginals } from '#device/store/shed-originals.ts'

export interface ShedGround extends Pick<DeviceGround, 'storage' | 'reserveBytes'> {
  readonly db: DeviceDatabase
}

/** Above this share of what the browser gives, the next photo may not fit. */
const tightShare = 0.9
const easyShare = 0.75

/** Makes room where it is short, and only there: a photo that is here is shown without a connection. */
export async function shedWhenTight({ db, storage, reserveBytes }: ShedGround): Promise<void> {
  const { usage, quota } = await storage.estimate().catch(() => ({ usage: null, quota: null }))
  const above = usage !== null && quota !== null && usage > quota * tightShare ? usage - quota * easyShare : 0
  // The room for words was given up: room for two reserves brings it back.
  const wanted = Math.max(above, (await isReserveGiven(db)) ? 2 * reserveBytes : 0)
  if (wanted > 0) await shedOriginals(db, wanted)
}

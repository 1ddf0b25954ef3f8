import type { Chance } from '#domain/ids.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { writeMeta } from '#device/store/meta.ts'
import { isFull } from '#device/store/storage-problem.ts'

/**
 * Words for which the storage has no room get the room that was kept for them, and are written once more. Nothing else does:
 * a photo would use it up at once.
 */
export async function withReserve<Value>(db: DeviceDatabase, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run()
  } catch (error) {
    if (!isFull(error) || !(await giveUp(db))) throw error
    return run()
  }
}

/** The reserve was there and has been given up: the storage was full, and nobody has found it otherwise since. */
export async function isReserveGiven(db: DeviceDatabase): Promise<boolean> {
  // By the keys alone, and both at once: nothing else stands between them.
  const keys = await db.again(() => db.meta.where('key').between('reserve', 'reserveMade', true, true).primaryKeys())
  return keys.includes('reserveMade') && !keys.includes('reserve')
}

export interface ReserveKeeper {
  /** Makes the reserve where it is missing and there is room for it. Never fails: a full storage is asked again later. */
  readonly keep: () => Promise<void>
}

interface ReserveGround extends Pick<DeviceGround, 'chance' | 'storage' | 'reserveBytes'> {
  readonly db: DeviceDatabase
}

export function createReserveKeeper(ground: ReserveGround): ReserveKeeper {
  let keeping: Promise<void> | null = null
  return {
    keep: () => {
      // Nobody can act on a reserve that cannot be made; the next save will meet the reason itself.
      keeping ??= make(ground).catch(() => undefined).finally(() => {
        keeping = null
      })
      return keeping
    },
  }
}

async function make({ db, chance, storage, reserveBytes }: ReserveGround): Promise<void> {
  if (await hasReserve(db)) return
  const { usage, quota } = await storage.estimate().catch(() => ({ usage: null, quota: null }))
  // Room for as much again beside it: or the next save would have to give it up at once.
  if (usage !== null && quota !== null && quota - usage < 2 * reserveBytes) return
  const block = incompressible(chance, reserveBytes)
  await db.write([db.meta], async () => {
    if (await hasReserve(db)) return
    await writeMeta(db, 'reserve', block)
    await writeMeta(db, 'reserveMade', true)
  })
}

/** True when there was one. */
async function giveUp(db: DeviceDatabase): Promise<boolean> {
  return db.write([db.meta], async () => {
    if (!(await hasReserve(db))) return false
    await db.meta.delete('reserve')
    return true
  })
}

/** By its key alone: the block is not read. */
async function hasReserve(db: DeviceDatabase): Promise<boolean> {
  return (await db.meta.where('key').equals('reserve').count()) > 0
}

/** Browsers compress what they store; a block of zeros would keep no room. A browser gives at most 64 KiB of chance at once. */
function incompressible(chance: Chance, bytes: number): ArrayBuffer {
  const block = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at += 65_536) block.set(chance.bytes(Math.min(65_536, bytes - at)), at)
  return block.buffer
}

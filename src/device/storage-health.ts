import type { StorageHealth } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import { createSignal } from '#device/signal.ts'
import type { Watch } from '#device/watch.ts'

export interface HealthMeter {
  readonly watch: Watch<StorageHealth>
  readonly measure: () => Promise<void>
  readonly askToPersist: () => Promise<void>
}

/** What the browser says of the space and of its promise to keep the data. What it does not say is null, never a guess. */
export function createHealthMeter({ storage }: Pick<DeviceGround, 'storage'>): HealthMeter {
  const state = createSignal<StorageHealth | undefined>(undefined)
  const measure = async (): Promise<void> => {
    const persisted = await storage.persisted().catch(() => null)
    const { usage, quota } = await storage.estimate().catch(() => ({ usage: null, quota: null }))
    const before = state.get()
    if (before?.persisted === persisted && before.usedBytes === usage && before.quotaBytes === quota) return
    state.set({ persisted, usedBytes: usage, quotaBytes: quota })
  }
  return {
    watch: { get: () => state.get(), subscribe: state.subscribe },
    measure,
    askToPersist: async () => {
      await storage.persist().catch(() => false)
      await measure()
    },
  }
}

/** A private window gets little room and no promise. So do small or full phones: this is a hint, and words about it say "if". */
export function mayVanish({ persisted, quotaBytes }: StorageHealth): boolean {
  return persisted === false && quotaBytes !== null && quotaBytes < smallQuotaBytes
}

/** Below what browsers give an ordinary window on the phones that Terrain is made for. */
const smallQuotaBytes = 1_000_000_000

import type { Device, Preferences } from '#device/device.ts'
import { firstPreferences } from '#device/first-preferences.ts'
import { fail } from '#domain/result.ts'
import { createValue, firstValue } from '#app/value.ts'

/** What the join screen needs of a device. */
type JoinCalls = Pick<Device, 'membership' | 'preferences' | 'sync' | 'join' | 'setPreferences'>

export interface ComingDevice {
  /** Only the join screen may be drawn upon it. */
  readonly device: Device
  /** Resolves when the real one, now open, shows what was chosen here; from then on it is asked for everything. */
  readonly handOver: (device: Pick<Device, 'preferences' | 'setPreferences'>) => Promise<void>
}

/** Stands in for a device whose code is still on its way over a slow line: nobody has joined, and what is chosen is kept until it is there. */
export function comingDevice(open: () => Promise<Pick<Device, 'join' | 'membership'>>): ComingDevice {
  const preferences = createValue(firstPreferences)
  let chosen: Partial<Preferences> = {}
  let later: Pick<Device, 'setPreferences'> | null = null
  const calls: JoinCalls = {
    membership: createValue(null),
    preferences,
    sync: { get: () => undefined, subscribe: () => () => undefined },
    join: async (request) => {
      const device = await open().catch(() => null)
      if (device === null) return fail({ kind: 'offline', code: 'not-loaded' })
      // Somebody has joined here before, and no service worker was there to tell: joining anew would clear what they began. The screen
      // says so when it is handed over.
      return (await firstValue(device.membership)) === null ? device.join(request) : fail({ kind: 'refused', code: 'already-joined' })
    },
    setPreferences: async (patch) => {
      chosen = { ...chosen, ...patch }
      preferences.set({ ...preferences.get(), ...patch })
      await later?.setPreferences(patch)
    },
  }
  return {
    device: calls as Device,
    handOver: async (device) => {
      later = device
      if (chosen.language === undefined) return
      // A full phone goes on in the language that it has.
      if (!(await device.setPreferences(chosen).then(() => true, () => false))) return
      await new Promise<void>((resolve) => {
        const stop = device.preferences.subscribe(look)
        look()
        function look(): void {
          // Whoever chooses again meanwhile is waited for too: what was chosen first may never be seen.
          if (device.preferences.get()?.language !== chosen.language) return
          resolve()
          queueMicrotask(() => stop())
        }
      })
    },
  }
}

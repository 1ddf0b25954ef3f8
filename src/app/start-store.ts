import type { Device } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import { createBrowserGround } from '#device/media/browser-ground.ts'
import { openDevice } from '#device/open-device.ts'

/** Everything that the store is opened with: one file, which a first visit needs only behind the join screen. */
export function startStore(about: Pick<DeviceGround, 'appVersion' | 'whenIdle'>, onBlocked: () => void): Promise<Device> {
  return openDevice(createBrowserGround(about), onBlocked)
}

import type { ReactNode } from 'react'
import type { Device } from '#device/device.ts'
import type { Installing } from '#app/install.ts'
import { Notices } from '#app/notices.tsx'
import { startAfterwards } from '#app/start-afterwards.ts'
import type { TrustedUrl } from '#app/trusted-worker-url.ts'

/** Begins what nobody needs for the first screen, and gives back what may be said on top of every screen from then on. */
export function createAfterwards(device: Device, installing: Installing, trustWorker: (url: string) => TrustedUrl): ReactNode {
  return <Notices device={device} installing={installing} updates={startAfterwards(device, trustWorker)} />
}

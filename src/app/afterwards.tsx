import type { ReactNode } from 'react'
import type { Device } from '#device/device.ts'
import type { Installing } from '#app/install.ts'
import { Notices } from '#app/notices.tsx'
import { startAfterwards } from '#app/start-afterwards.ts'

/** Begins what nobody needs for the first screen, and gives back what may be said on top of every screen from then on. */
export function createAfterwards(device: Device, installing: Installing): ReactNode {
  return <Notices device={device} installing={installing} updates={startAfterwards(device)} />
}

import type { ReactNode } from 'react'
import type { Device } from '#device/device.ts'
import { InstallCard } from '#app/install-card.tsx'
import type { Installing } from '#app/install.ts'
import { Notices } from '#app/notices.tsx'
import { startAfterwards } from '#app/start-afterwards.ts'
import { createBrowserGround } from '#volunteer/ground.ts'
import { installWayOf } from '#volunteer/install/install-way.ts'

export interface Afterwards {
  /** What may be said on top of every screen from now on. */
  readonly notices: ReactNode
  /** What is offered at the end of the home screen. */
  readonly homeCard: ReactNode
}

/** Begins what nobody needs for the first screen, and gives back what it has to say. */
export function createAfterwards(device: Device, installing: Installing): Afterwards {
  return {
    notices: <Notices device={device} updates={startAfterwards(device)} />,
    homeCard: <InstallCard device={device} installing={installing} way={installWayOf(createBrowserGround().browsing())} />,
  }
}

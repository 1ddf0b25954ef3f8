import type { ReactNode } from 'react'
import type { Device } from '#device/device.ts'
import { InstallCard } from '#app/install-card.tsx'
import type { Installing } from '#app/install.ts'
import { Notices } from '#app/notices.tsx'
import { startAfterwards } from '#app/start-afterwards.ts'
import type { TrustedUrl } from '#app/trusted-worker-url.ts'
import type { VolunteerGround } from '#volunteer/ground.ts'
import { installWayOf } from '#volunteer/install/install-way.ts'

export interface Afterwards {
  /** What may be said on top of every screen from now on. */
  readonly notices: ReactNode
  /** What is offered at the end of the home screen. */
  readonly homeCard: ReactNode
}

export interface AfterwardsGround {
  readonly device: Device
  readonly ground: VolunteerGround
  readonly installing: Installing
  readonly trustWorker: (url: string) => TrustedUrl
}

/** Begins what nobody needs for the first screen, and gives back what it has to say. */
export function createAfterwards({ device, ground, installing, trustWorker }: AfterwardsGround): Afterwards {
  return {
    notices: <Notices device={device} updates={startAfterwards(device, ground, trustWorker)} />,
    homeCard: <InstallCard device={device} installing={installing} way={installWayOf(ground.browsing())} />,
  }
}

import type { Sha256 } from '#domain/ids.ts'
import type { PushResult } from '#protocol/sync.ts'

export interface DeviceChain {
  readonly highDeviceSeq: number
  readonly hash: Sha256 | null
  readonly missing: readonly number[]
}

/** How far a campaign has come, and in which history of its database. */
export interface Reach {
  readonly head: number
  readonly safeSeq: number
  readonly epoch: string
}

export interface Appended {
  /** In the order of the run's changes. */
  readonly results: readonly PushResult[]
  /** How far the device's chain has come with it. */
  readonly chain: DeviceChain
  /** As it stood right behind the run: what others have stored in the same commit comes after it. */
  readonly reach: Reach
}

/** Most requests find out that nothing is new, or that what is new is what they have just brought (`had`, both places included): the head says so, without a look for each kind of it. */
export function isNothingAbove({ after, had = { from: 0, to: 0 } }: { readonly after: number; readonly had?: { readonly from: number; readonly to: number } }, head: number): boolean {
  return head <= after || (had.from <= after + 1 && head <= had.to)
}

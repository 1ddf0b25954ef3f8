import type { DeviceRow } from '#protocol/desk.ts'
import { spansOf } from '#coordinator/people/missing-spans.ts'
import type { Span } from '#coordinator/people/missing-spans.ts'

/** What is known of one phone, from what it said at its last contact and from what has arrived. */
export interface Phone {
  readonly device: DeviceRow
  /** It goes on under a new number: what it said before is no longer true, because all of it was numbered anew. */
  readonly isRenewed: boolean
  /** Somebody goes on with it although it has taken a new number: there are two. */
  readonly isCloned: boolean
  /** Numbers that it has given and that have not arrived. */
  readonly notArrived: readonly Span[]
  readonly notArrivedCount: number
  readonly isHolding: boolean
}

/** A clock that is off by less disturbs nobody. */
const clockMattersFromMs = 5 * 60_000

export function phonesOf(devices: readonly DeviceRow[]): readonly Phone[] {
  return devices.map((device) => {
    const successor = devices.find(({ rotatedFrom }) => rotatedFrom === device.id)
    const isCloned = successor?.createdAt !== undefined && device.lastContactAt !== null && device.lastContactAt > successor.createdAt && device.revokedAt === null
    const isRenewed = successor !== undefined && !isCloned
    const notArrived = isRenewed ? [] : notArrivedOf(device)
    const notArrivedCount = notArrived.reduce((sum, { from, to }) => sum + to - from + 1, 0)
    const isHolding = !isRenewed && device.revokedAt === null && (device.pendingChanges > 0 || device.pendingFiles > 0 || notArrivedCount > 0)
    return { device, isRenewed, isCloned, notArrived, notArrivedCount, isHolding }
  })
}

/** The gaps in what arrived, and what the phone made after the last that arrived. */
function notArrivedOf({ missing, highDeviceSeq, madeDeviceSeq = 0 }: DeviceRow): readonly Span[] {
  const gaps = spansOf(missing)
  if (madeDeviceSeq <= highDeviceSeq) return gaps
  const last = gaps.at(-1)
  const tail = { from: highDeviceSeq + 1, to: madeDeviceSeq }
  return last !== undefined && last.to === highDeviceSeq ? [...gaps.slice(0, -1), { from: last.from, to: madeDeviceSeq }] : [...gaps, tail]
}

export function clockOffOf({ clockOffsetMs }: DeviceRow): { readonly key: 'phones.ahead' | 'phones.behind'; readonly ms: number } | null {
  if (clockOffsetMs === undefined || clockOffsetMs === null || Math.abs(clockOffsetMs) < clockMattersFromMs) return null
  return { key: clockOffsetMs > 0 ? 'phones.ahead' : 'phones.behind', ms: Math.abs(clockOffsetMs) }
}

/** How much all phones hold, in entries where each of them has said so. */
export function heldBy(phones: readonly Phone[]): { readonly devices: number; readonly changes: number; readonly entries: number | null } {
  const holding = phones.filter(({ isHolding }) => isHolding)
  const entries = holding.map(({ device }) => device.pendingEntries ?? 0)
  const isSaid = entries.length > 0 && entries.every((count) => count > 0)
  return {
    devices: holding.length,
    changes: holding.reduce((sum, { device, notArrivedCount }) => sum + Math.max(device.pendingChanges, notArrivedCount), 0),
    entries: isSaid ? entries.reduce((sum, count) => sum + count, 0) : null,
  }
}

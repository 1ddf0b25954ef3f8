import type { Chance } from '#domain/ids.ts'

const firstDelayMs = 2_000
const maxDelayMs = 600_000

/** How long to wait after `failures` in a row: doubling from 2 s to 10 min, and within that anywhere in the upper half, so that phones that lost one server do not come back as one. */
export function backoffMs(failures: number, chance: Chance): number {
  const ceiling = Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(failures - 1, 30))
  const [high = 0, low = 0] = chance.bytes(2)
  const part = (high * 256 + low) / 65_536
  return Math.round(ceiling / 2 + (ceiling / 2) * part)
}

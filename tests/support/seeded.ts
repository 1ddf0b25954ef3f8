import { createHash } from 'node:crypto'
import type { Chance, Clock } from '#domain/ids.ts'

/** Chance that repeats itself: bytes of a hash chain over the seed. */
export function seededChance(seed: string): Chance {
  let count = 0
  const block = () => createHash('sha256').update(`${seed}:${(count += 1)}`).digest()
  return { bytes: (length) => Uint8Array.from(Buffer.concat(Array.from({ length: Math.ceil(length / 32) }, block)).subarray(0, length)) }
}

/** A clock that moves one millisecond a look, from a fixed morning. */
export function steppedClock(start = Date.UTC(2026, 2, 1, 8)): Clock {
  let now = start
  return { now: () => (now += 1) }
}

import { vi } from 'vitest'
import { patienceMs } from './patience.ts'

/** Waits until that no longer throws. */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: patienceMs, interval: 20 })
}

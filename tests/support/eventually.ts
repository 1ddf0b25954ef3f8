import { vi } from 'vitest'

/** Waits until that no longer throws: for what comes by itself, however busy the machine is. The limit ends what never comes. */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 30_000, interval: 20 })
}

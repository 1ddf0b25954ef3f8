import type { Watch } from '#device/watch.ts'
import { createListeners } from '#coordinator/fresh/listeners.ts'

/** On or off, and off at first; who watches is told when it turns. */
export interface Switch extends Watch<boolean> {
  readonly set: (isOn: boolean) => void
}

export function createSwitch(): Switch {
  let isOn = false
  const turns = createListeners()
  return {
    get: () => isOn,
    subscribe: turns.subscribe,
    set: (next) => {
      if (next === isOn) return
      isOn = next
      turns.tell()
    },
  }
}

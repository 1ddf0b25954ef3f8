import { useSyncExternalStore } from 'react'
import type { Watch } from '#device/watch.ts'
import type { Value } from '#app/value.ts'

export function useValue<Of>(value: Value<Of>): Of {
  return useSyncExternalStore(value.subscribe, value.get, value.get)
}

/** The watched value; `undefined` until the store has been read once. */
export function useWatched<Of>(watch: Watch<Of>): Of | undefined {
  return useSyncExternalStore(watch.subscribe, watch.get, watch.get)
}

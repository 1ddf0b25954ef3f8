import { useSyncExternalStore } from 'react'
import type { Watch } from '#device/watch.ts'

/** The watched value, and a new drawing whenever it changes; `undefined` until the store has been read once. */
export function useWatch<Value>(watch: Watch<Value>): Value | undefined {
  return useSyncExternalStore(watch.subscribe, watch.get, watch.get)
}

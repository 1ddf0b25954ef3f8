import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'

/** Calls once what was kept on this device has gone out. */
export function useGoneOut(isKept: boolean, onGoneOut: () => void): void {
  const { sync } = useDesk().device
  const isEmpty = useSyncExternalStore(sync.subscribe, () => sync.get()?.pendingChanges === 0)
  const latest = useRef(onGoneOut)
  useEffect(() => {
    latest.current = onGoneOut
  })
  useEffect(() => {
    if (isKept && isEmpty) latest.current()
  }, [isKept, isEmpty])
}

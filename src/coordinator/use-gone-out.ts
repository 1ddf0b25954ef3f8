import { useEffect, useRef } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'

/** Calls once the outbox is seen empty after something was kept on this device. */
export function useGoneOut(isKept: boolean, onGoneOut: () => void): void {
  const { sync } = useDesk().device
  const latest = useRef(onGoneOut)
  useEffect(() => {
    latest.current = onGoneOut
  })
  useEffect(() => {
    if (!isKept) return
    return sync.subscribe(() => {
      if (sync.get()?.pendingChanges === 0) latest.current()
    })
  }, [isKept, sync])
}

import { startTransition, useEffect, useState } from 'react'

/** Longest wait for a thread that is never idle. */
const leisureMs = 1000

/** False until the first frame stands and the thread has nothing to do; then true for good. What nobody waits for is drawn and loaded then. */
export function useLeisure(): boolean {
  const isBehind = useBehindFrame()
  const [isAtLeisure, setAtLeisure] = useState(false)
  useEffect(() => {
    const begin = () => startTransition(() => setAtLeisure(true))
    // Safari does not say when it is idle.
    const idle = typeof requestIdleCallback === 'function' ? requestIdleCallback : begin
    if (isBehind) idle(begin, { timeout: leisureMs })
  }, [isBehind])
  return isAtLeisure
}

/**
 * False while a screen is drawn for the first time, true behind the frame that shows it. A deferred value is drawn as soon as the thread is
 * free, which a slow phone is before that frame, or between it and the next tap's.
 */
export function useBehindFrame(): boolean {
  const [isBehind, setBehind] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setBehind(true)))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [])
  return isBehind
}

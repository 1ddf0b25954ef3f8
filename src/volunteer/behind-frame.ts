import { startTransition, useEffect, useState } from 'react'

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

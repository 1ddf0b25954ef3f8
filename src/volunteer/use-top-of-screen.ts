import { useEffect, useLayoutEffect, useRef } from 'react'
import { useLocation } from 'wouter'

/**
 * A screen that is gone to begins at its top: without a load of the page the place stays where the screen before was scrolled to, and what a
 * screen says first stood above the window. Who goes back finds the place again, which is the browser's own.
 */
export function useTopOfScreen(): void {
  const [location] = useLocation()
  const shown = useRef(location)
  const isBack = useRef(false)
  useEffect(() => {
    const handleBack = (): void => {
      isBack.current = true
    }
    // Before whoever draws the screen of the new address hears of it.
    addEventListener('popstate', handleBack, { capture: true })
    return () => removeEventListener('popstate', handleBack, { capture: true })
  }, [])
  // Before the screen itself looks for what it has to show: a question at its field, the talk.
  useLayoutEffect(() => {
    if (shown.current === location) return
    shown.current = location
    if (!isBack.current) scrollTo?.(0, 0)
    isBack.current = false
  }, [location])
}

import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'

/**
 * Brings an answer before the eye when it comes: a page is longer than the screen, and what was tapped stands in the bar below or at its
 * other end. `answer` is another one each time; null and 0 are none.
 */
export function InView({ answer, children }: { readonly answer: unknown; readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (answer !== null && answer !== 0) place.current?.scrollIntoView?.({ block: 'center' })
  }, [answer])
  return <div ref={place}>{children}</div>
}

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

/**
 * Where a link on another screen has led: the eye by scrolling, and the keyboard and a screen reader by the focus, which would else begin at the
 * screen's heading, above everything that is not asked about.
 */
export function beginAt(place: HTMLElement | null, part: Element | null | undefined = place): void {
  place?.scrollIntoView?.({ block: 'center' })
  const heading = part?.querySelector<HTMLElement>('h2, h3')
  if (heading === undefined || heading === null) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

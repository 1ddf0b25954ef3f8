import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

/** Fills the longest screen several times. */
const linesAtFirst = 60
const linesMore = 120
/** Drawn before the eye gets there. */
const aheadOf = '1500px'

interface Growing {
  /** So many lines of the list stand. */
  readonly lines: number
  readonly grow: () => void
  /** For what stands behind the last line: when it comes near, the list grows. */
  readonly end: RefObject<HTMLLIElement | null>
}

/**
 * A long list in parts, because a phone needs seconds to draw a thousand lines. How far it has grown is kept in the history, like the place it
 * was scrolled to: who comes back from an entry finds the line again.
 */
export function useGrowing(total: number): Growing {
  const [lines, setLines] = useState(keptLines)
  const end = useRef<HTMLLIElement>(null)
  const grow = (): void => {
    const next = lines + linesMore
    history.replaceState({ ...(history.state as object | null), lines: next }, '')
    setLines(next)
  }
  const latest = useRef(grow)
  useEffect(() => {
    latest.current = grow
  })
  const hasMore = lines < total
  useEffect(() => {
    if (!hasMore || end.current === null || !('IntersectionObserver' in window)) return
    const watcher = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) latest.current()
    }, { rootMargin: aheadOf })
    watcher.observe(end.current)
    return () => watcher.disconnect()
  }, [hasMore, lines])
  return { lines, grow, end }
}

function keptLines(): number {
  const kept: unknown = Reflect.get(Object(history.state), 'lines')
  return typeof kept === 'number' && kept > linesAtFirst ? kept : linesAtFirst
}

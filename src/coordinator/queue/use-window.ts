import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { shownParts } from '#coordinator/queue/window-parts.ts'
import type { WindowPart } from '#coordinator/queue/window-parts.ts'

/** Before any row was measured: two lines of words and a line of facts. */
const usualHeight = 84

/**
 * Of a long list only what can be seen, some rows around it, and the rows to keep are drawn; the rest are gaps as high as their rows
 * were, or as rows mostly are. Where nothing is laid out, all rows are drawn.
 */
export function useWindow(list: RefObject<HTMLElement | null>, ids: readonly string[], kept: readonly string[]): readonly WindowPart[] {
  const heights = useRef(new Map<string, number>())
  const [seen, setSeen] = useState<{ readonly from: number; readonly to: number } | null>(null)
  const look = useCallback(() => {
    const box = list.current?.getBoundingClientRect()
    if (box === undefined || box.height === 0) return
    // In steps of half a window, so that a little scrolling draws nothing anew.
    const step = window.innerHeight / 2
    const from = Math.floor((-box.top - step) / step) * step
    setSeen((before) => (before?.from === from ? before : { from, to: from + 5 * step }))
  }, [list])

  useEffect(() => {
    // Scrolling does not bubble, but it is caught on its way down: on a wide window the list scrolls, on a narrow one the page.
    document.addEventListener('scroll', look, { capture: true, passive: true })
    window.addEventListener('resize', look)
    return () => {
      document.removeEventListener('scroll', look, { capture: true })
      window.removeEventListener('resize', look)
    }
  }, [look])

  useLayoutEffect(() => {
    for (const row of list.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? []) {
      if (row.offsetHeight > 0) heights.current.set(row.dataset['entry'] ?? '', row.offsetHeight)
    }
    look()
  })

  return shownParts({ ids, kept: new Set(kept), seen, heightOf: (id) => heights.current.get(id) ?? usualHeight })
}

import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** What may take the focus unasked: it brings up no keyboard on the screen, and the next key takes nothing away. */
const quietOnes = ':is(button,a[href],summary,[type=radio],[type=checkbox],[type=file]):not(:disabled,[data-takes-away])'

/**
 * What had the focus may go with its own act: a record button becomes a stop button, a photo is removed. The browser then gives the focus to
 * nobody, a screen reader falls silent and a key does nothing. It goes to what stands nearest instead: the first control in the smallest part
 * of the screen that is left, as soon as there is one. Where none comes into that part in a moment, as where a remark goes that nothing follows,
 * it goes to the first in the next larger one. What moves the focus itself comes later or before, and wins.
 */
export function useKeptFocus(): RefObject<HTMLElement | null> {
  const screen = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = screen.current
    if (element === null) return
    /** From what has the focus out to the screen, and beyond it to the window. */
    let parts: readonly Element[] = []
    const look = (isLater?: boolean): void => {
      if (parts[0]?.isConnected !== false) return
      if (document.activeElement !== document.body) parts = []
      for (const part of parts) {
        const near = part.isConnected ? part.querySelector<HTMLElement>(quietOnes) : undefined
        if (near) return near.focus({ preventScroll: true })
        // What takes the place of something that went is there by then.
        if (near === null && !isLater) return void setTimeout(look, 300, true)
      }
    }
    const watcher = new MutationObserver(() => look())
    // Natively: React tells nothing of a focus that a closing dialog gives back while it is drawing.
    element.addEventListener('focusin', (event) => void (parts = event.composedPath() as Element[]))
    watcher.observe(element, { childList: true, subtree: true })
    return () => {
      parts = []
      watcher.disconnect()
    }
  }, [])
  return screen
}

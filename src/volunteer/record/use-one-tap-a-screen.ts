import { useEffect, useRef } from 'react'

/** A hand that trembles, wears a glove or is not answered at once taps twice: within this time, this near. */
const echoMs = 500
const echoPx = 40

/**
 * A finger that taps twice means once. Where the first tap brought another screen, the second meets something that nobody has seen yet: a level of
 * severity, a step whose answer is filled in, or home's “Action” under what was “Save”. It is taken for nothing, and so is what was tapped before a
 * slow phone had the screen ready. Mice, keys and screen readers are as they were.
 */
export function useOneTapAScreen(step: string): void {
  const shownAt = useRef(0)
  useEffect(() => {
    shownAt.current = performance.now()
  }, [step])
  useEffect(() => {
    let last = { at: -echoMs, x: 0, y: 0, path: '' }
    /** Of the tap that is on its way. */
    let down = { path: '', isEcho: false, isTouch: false }
    const handleDown = ({ pointerType, timeStamp: at, clientX: x, clientY: y, target }: PointerEvent): void => {
      const path = location.pathname
      const isNear = at - last.at < echoMs || at < shownAt.current
      const isTouch = pointerType === 'touch'
      const isEcho = !goesBack(target) && isTouch && path !== last.path && isNear && Math.hypot(x - last.x, y - last.y) < echoPx
      down = { path, isEcho, isTouch }
      last = { at, x, y, path: isEcho ? last.path : path }
    }
    const handleClick = (event: MouseEvent): void => {
      // The screen may have changed under the finger: what it lets go of then is not what it came down on.
      const isElsewhere = down.isTouch && location.pathname !== down.path && !goesBack(event.target)
      // A click without a pointer comes from the keyboard or a screen reader.
      if (!(down.isEcho || isElsewhere) || event.detail === 0) return
      event.preventDefault()
      event.stopPropagation()
    }
    document.addEventListener('pointerdown', handleDown, true)
    document.addEventListener('click', handleClick, true)
    return () => {
      shownAt.current = performance.now()
      // Home comes where the review stood: its first moment belongs to the same finger.
      setTimeout(() => {
        document.removeEventListener('pointerdown', handleDown, true)
        document.removeEventListener('click', handleClick, true)
      }, echoMs)
    }
  }, [])
}

/** Back chooses nothing, and is tapped as often as somebody wants to go back. */
function goesBack(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-goes-back]') !== null
}

import { useEffect, useRef } from 'react'
import type { MouseEvent } from 'react'

/** Long enough to see what one has chosen, and to choose again: another tap begins it anew. */
export const seenMs = 300

export interface TapHandlers {
  readonly onPointerDown: () => void
  readonly onKeyDown: () => void
  readonly onClick: (event: MouseEvent) => void
}

/**
 * Goes on after a tap on an answer, when the screen is then whole. Only for fingers and mice: arrow keys walk through radio
 * buttons and choose each of them on the way, so with the keyboard Next stays the way on. A tap on one step counts for that step alone.
 */
export function useTapOnward(step: string, isWhole: boolean, goOn: () => void): TapHandlers {
  const latest = useRef({ isWhole, goOn })
  const isPointed = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    latest.current = { isWhole, goOn }
  })
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      isPointed.current = false
    },
    [step],
  )
  return {
    onPointerDown: () => {
      isPointed.current = true
    },
    onKeyDown: () => {
      isPointed.current = false
    },
    onClick: ({ target }) => {
      if (!isPointed.current || !(target instanceof HTMLInputElement) || !['radio', 'checkbox'].includes(target.type)) return
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        if (latest.current.isWhole) latest.current.goOn()
      }, seenMs)
    },
  }
}

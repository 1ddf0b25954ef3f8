import { useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/**
 * Opens a native dialog over everything for as long as it is drawn. It is closed before it leaves the document: one that is taken out open
 * gives the focus back to nobody, and who works by keyboard or screen reader began again at the top of the page.
 */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // What a dialog asks for comes behind its close button, and goes before it.
    const first = [...(element?.querySelectorAll<HTMLElement>('[data-first-focus]') ?? [])].at(-1)
    first?.focus({ preventScroll: true })
    // Longer than the screen, it begins with its question, not with the button that has the focus.
    if (element !== null) element.scrollTop = 0
    return () => element?.close()
  }, [])
  return dialog
}

import { useSyncExternalStore } from 'react'
import { useLocation } from 'wouter'

/** Where an entry is being written. A person there is interrupted by nothing that can wait. */
const recording = /^\/(?:practice\/)?(?:new|record)\//

/** Where words are typed or chosen. */
export const textual = 'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="file"])'

/** Whether somebody is in the middle of writing: on a recording screen, in any field, or with words that are not stored yet (`data-dirty`). */
export function isWriting(page: Pick<Document, 'activeElement' | 'querySelector'>, pathname: string): boolean {
  return recording.test(pathname) || page.activeElement?.matches(textual) === true || page.querySelector('[data-dirty="true"]') !== null
}

export function useIsWriting(): boolean {
  const [location] = useLocation()
  return useSyncExternalStore(subscribeToFocus, () => isWriting(document, location))
}

function subscribeToFocus(onChange: () => void): () => void {
  // While the focus moves from one field to the next the body has it for a moment.
  const handleFocus = () => void setTimeout(onChange, 0)
  document.addEventListener('focusin', handleFocus)
  document.addEventListener('focusout', handleFocus)
  return () => {
    document.removeEventListener('focusin', handleFocus)
    document.removeEventListener('focusout', handleFocus)
  }
}

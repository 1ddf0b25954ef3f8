import { useEffect, useState } from 'react'

/** A new screen is a new place: its heading is where reading begins, for eyes and for screen readers alike, and the title of the document. */
export function useHeadingFocus(place: string, appName: string): void {
  useEffect(() => {
    const heading = document.querySelector<HTMLElement>('main h1')
    if (heading === null) return
    document.title = `${heading.textContent} – ${appName}`
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
    scrollTo?.(0, 0)
  }, [place, appName])
}

/** After the next drawing, when the fields have been marked. */
export function focusFirstInvalid(): void {
  requestAnimationFrame(() => {
    const invalid = document.querySelector<HTMLElement>('main [aria-invalid="true"]')
    const control = invalid?.matches('fieldset') === true ? (invalid.querySelector<HTMLElement>('input') ?? invalid) : invalid
    control?.focus()
    invalid?.scrollIntoView?.({ block: 'center' })
  })
}

/** How long a field may take to come: its screen can be a chunk of its own. */
const awaitFieldMs = 3000

/**
 * Tells which field has the caret, and gives it back to the field `first` when the screen opens: after a killed browser the author goes
 * on typing where the words end.
 */
export function useFieldFocus(first: string | null | undefined, onFocus: (field: string) => void): void {
  const [field] = useState(first)
  useEffect(() => {
    const handleFocus = ({ target }: FocusEvent): void => {
      const name = target instanceof Element ? target.getAttribute('name') : null
      if (name !== null && target instanceof Element && target.matches(fieldsWithCaret)) onFocus(name)
    }
    document.addEventListener('focusin', handleFocus)
    return () => document.removeEventListener('focusin', handleFocus)
  }, [onFocus])
  useEffect(() => (field === null || field === undefined ? undefined : focusWhenThere(field)), [field])
}

const fieldsWithCaret = 'main :is(textarea, select, input:not([type="radio"], [type="checkbox"], [type="file"]))'

function focusWhenThere(field: string): () => void {
  if (focusAtEnd(field)) return () => undefined
  const watcher = new MutationObserver(() => {
    if (focusAtEnd(field)) watcher.disconnect()
  })
  watcher.observe(document.body, { childList: true, subtree: true })
  const timer = setTimeout(() => watcher.disconnect(), awaitFieldMs)
  return () => {
    watcher.disconnect()
    clearTimeout(timer)
  }
}

function focusAtEnd(field: string): boolean {
  const control = document.querySelector<HTMLElement>(`main [name="${CSS.escape(field)}"]`)
  if (control === null) return false
  control.focus()
  // A date has no caret.
  if (control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && control.type === 'text')) control.setSelectionRange(control.value.length, control.value.length)
  control.scrollIntoView?.({ block: 'center' })
  return true
}

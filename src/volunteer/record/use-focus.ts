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

/** After the next drawing, when the fields have been marked; what is drawn later than that is waited for. */
export function focusFirstInvalid(within: ParentNode = document): void {
  requestAnimationFrame(() => void whenThere(() => focusInvalid(within)))
}

/** A group may not be `aria-invalid`, so it has a mark of its own. */
const invalidOnes = ':is([aria-invalid="true"], fieldset[data-invalid])'

function focusInvalid(within: ParentNode): boolean {
  const first = within.querySelector<HTMLElement>(`main ${invalidOnes}`)
  if (first === null) return false
  // A part that is wrong by itself says more than the group around it.
  const invalid = first.querySelector<HTMLElement>(invalidOnes) ?? first
  controlOf(invalid).focus({ preventScroll: true })
  // The sentence and not the control: in a long group the chosen answer can be a screen below it.
  const sentence = document.querySelector(`#${CSS.escape(`${invalid.id}-error`)}`) ?? invalid
  sentence.scrollIntoView?.({ block: 'center' })
  return true
}

/** In a group the answer that is chosen, as the tab key has it, else the first one. */
function controlOf(invalid: HTMLElement): HTMLElement {
  if (!invalid.matches('fieldset')) return invalid
  return invalid.querySelector<HTMLElement>('input:checked') ?? invalid.querySelector<HTMLElement>('input, select, textarea') ?? invalid
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
  useEffect(() => (field === null || field === undefined ? undefined : whenThere(() => focusAtEnd(field))), [field])
}

const fieldsWithCaret = 'main :is(textarea, select, input:not([type="radio"], [type="checkbox"], [type="file"]))'

/** Focuses at once, or as soon as what is to have the focus has come. Gives what ends the waiting. */
function whenThere(focus: () => boolean): () => void {
  if (focus()) return () => undefined
  const watcher = new MutationObserver(() => {
    if (focus()) watcher.disconnect()
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

import { useEffect } from 'react'

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

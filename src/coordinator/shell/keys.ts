import { useEffect, useRef } from 'react'

export type KeyName = 'j' | 'k' | 'enter' | 'a' | 'q' | 'r' | 'o' | 'f' | 'c' | 'i' | 'x' | 'b' | 't' | 'g' | 'z' | '/' | '?' | 'escape' | 'decide'

export type KeyActs = { readonly [Key in KeyName]?: (event: Pick<KeyboardEvent, 'shiftKey'>) => void }

interface PressedKey {
  readonly key: string
  /** Which key of the board it was, whatever stands on it. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly target: EventTarget | null
}

/**
 * Which of the desk's keys was pressed, or null. Letters are keys only outside of a field and without a modifier;
 * Ctrl or Command with Enter means "decide" in those too, since a question is written in a field.
 */
export function keyNameOf(event: PressedKey): KeyName | null {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return 'decide'
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return null
  if (event.key === 'Enter') return isOperable(event.target) ? null : 'enter'
  const key = latinOf(event)
  return letterKeys.find((letter) => letter === key) ?? null
}

/** On a board that writes Arabic, Russian or another script the key counts on which the Latin letter stands: nobody changes the layout to read on. */
function latinOf({ key, code }: Pick<PressedKey, 'key' | 'code'>): string {
  if (key === '؟') return '?'
  // Signs too: with Shift, Arabic boards have some on the keys of letters.
  if (!/^[^\p{ASCII}\p{Script=Latin}]/u.test(key)) return key.toLowerCase()
  return code === 'Slash' ? '/' : code.replace(/^Key/, '').toLowerCase()
}

const letterKeys = ['j', 'k', 'a', 'q', 'r', 'o', 'f', 'c', 'i', 'x', 'b', 't', 'g', 'z', '/', '?', 'escape'] as const

/** Where typing is meant as text. A radio or a checkbox takes no letters. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox'
}

/** Enter belongs to a button, a link or a fold that has the focus. */
function isOperable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, summary, input') !== null
}

/** What a key does as long as it is held. All others act once a press: held a moment too long, one would answer the question that it has just called. */
const walkingKeys: readonly (KeyName | null)[] = ['j', 'k']

/** In a form that is written in, Ctrl or Command with Enter is that form's. Listens on the document while the screen is shown; nothing happens while a dialog is open. */
export function useKeys(acts: KeyActs): void {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  useEffect(() => {
    const handleKeyDown = (event: KeyboardEvent) => {
      if (isHeldEnter(event)) event.preventDefault()
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return
      const name = keyNameOf(event)
      if (event.repeat && !walkingKeys.includes(name)) return
      const act = name === null ? undefined : latest.current[name]
      if (act === undefined) return
      event.preventDefault()
      const form = name === 'decide' && event.target instanceof Element ? event.target.closest('form') : null
      if (form === null) act(event)
      // Whoever writes in one means that: a correction that is kept, a comment that is sent, a decision in its bar.
      else form.requestSubmit()
    }
    document.addEventListener('keydown', handleKeyDown)
    return () => document.removeEventListener('keydown', handleKeyDown)
  }, [])
}

/** The browser presses a button, and sends a form, once more for each repetition; in a text of several lines it makes lines. */
function isHeldEnter({ key, repeat, target }: KeyboardEvent): boolean {
  return repeat && key === 'Enter' && !(target instanceof HTMLTextAreaElement)
}

import { useState } from 'react'
import type { ClipboardEvent } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'
import { TextArea } from '#ui/text-area/text-area.tsx'
import type { TextAreaProps } from '#ui/text-area/text-area.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'
import type { TextInputProps } from '#ui/text-input/text-input.tsx'

/*
 * What a text at the desk has room for. Typing stops at `maxLength`, and one sees it stop; but the end of what is pasted would be gone without a
 * word, so all of it is left out and that is said.
 */

type Pasted = ClipboardEvent<HTMLInputElement | HTMLTextAreaElement>

export interface PasteGuard {
  readonly onPaste: (event: Pasted) => void
  /** What to say of the last paste; nothing of one that fitted, nor once something was written since. */
  readonly words: string | undefined
  readonly forget: () => void
}

export function usePasteGuard(maxLength: number): PasteGuard {
  const { say } = useDesk().words
  const [over, setOver] = useState(0)
  return {
    words: over > 0 ? say('paste.tooLong', { over }) : undefined,
    forget: () => setOver(0),
    onPaste: (event) => {
      const { value, selectionStart, selectionEnd } = event.currentTarget
      const replaced = (selectionEnd ?? 0) - (selectionStart ?? 0)
      // A text area counts a line break as one character, whatever the clipboard has.
      const tooMany = value.length - replaced + event.clipboardData.getData('text').replaceAll('\r\n', '\n').length - maxLength
      if (tooMany > 0) event.preventDefault()
      setOver(Math.max(0, tooMany))
    },
  }
}

export function LimitedArea({ maxLength, error, onChange, ...props }: TextAreaProps & { readonly maxLength: number }) {
  const { words, onPaste, forget } = usePasteGuard(maxLength)
  const handleChange = (text: string): void => {
    forget()
    onChange(text)
  }
  return <TextArea {...props} maxLength={maxLength} error={words ?? error} onPaste={onPaste} onChange={handleChange} />
}

export function LimitedLine({ maxLength, error, onChange, ...props }: TextInputProps & { readonly maxLength: number }) {
  const { words, onPaste, forget } = usePasteGuard(maxLength)
  const handleChange = (text: string): void => {
    forget()
    onChange(text)
  }
  return <TextInput {...props} maxLength={maxLength} error={words ?? error} onPaste={onPaste} onChange={handleChange} />
}

import { useEffect, useRef } from 'react'
import type { ChangeEvent, MouseEvent, ReactNode } from 'react'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import styles from '#ui/file-button/file-button.module.css'

export interface FileButtonProps {
  readonly icon: IconName
  /** Kinds to be offered; without it everything, which is right for kinds that phones do not know. */
  readonly accept?: string | undefined
  readonly isDisabled?: boolean | undefined
  /** `camera`: opens it at once. `several`: more than one may be chosen. */
  readonly takes?: 'one' | 'camera' | 'several'
  /** The chooser or the camera was opened, and closed without a file. */
  readonly onOpen?: (() => void) | undefined
  readonly onCancel?: (() => void) | undefined
  readonly onFiles: (files: readonly [File, ...File[]]) => void
  readonly children: ReactNode
}

/** A file field that looks like a button. The same file may be chosen again. Off, it keeps the focus, and nothing can be chosen or dropped. */
export function FileButton({ icon, accept, isDisabled = false, takes = 'one', onOpen, onCancel, onFiles, children }: FileButtonProps) {
  const handleChange = (event: ChangeEvent<HTMLInputElement>): void => {
    const [first, ...more] = event.target.files ?? []
    if (first !== undefined && !isDisabled) onFiles([first, ...more])
    event.target.value = ''
  }
  const handleClick = (event: MouseEvent): void => {
    if (isDisabled) event.preventDefault()
    else onOpen?.()
  }
  const input = useRef<HTMLInputElement>(null)
  // React knows this event of dialogs alone.
  useEffect(() => {
    const element = input.current
    if (element === null || onCancel === undefined) return undefined
    element.addEventListener('cancel', onCancel)
    return () => element.removeEventListener('cancel', onCancel)
  }, [onCancel])
  return (
    <label className={styles.file}>
      <input ref={input} type="file" accept={accept} aria-disabled={isDisabled || undefined} onClick={handleClick} onChange={handleChange} {...(takes === 'camera' ? { capture: 'environment' as const } : { multiple: takes === 'several' })} />
      <span><Icon name={icon} size="s" />{children}</span>
    </label>
  )
}

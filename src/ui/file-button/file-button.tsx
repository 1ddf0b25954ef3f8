import type { ChangeEvent, ReactNode } from 'react'
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
  readonly onFiles: (files: readonly [File, ...File[]]) => void
  readonly children: ReactNode
}

/** A file field that looks like a button. The same file may be chosen again. */
export function FileButton({ icon, accept, isDisabled, takes = 'one', onFiles, children }: FileButtonProps) {
  const handleChange = (event: ChangeEvent<HTMLInputElement>): void => {
    const [first, ...more] = event.target.files ?? []
    if (first !== undefined) onFiles([first, ...more])
    event.target.value = ''
  }
  return (
    <label className={styles.file}>
      <input type="file" accept={accept} disabled={isDisabled} onChange={handleChange} {...(takes === 'camera' ? { capture: 'environment' as const } : { multiple: takes === 'several' })} />
      <span><Icon name={icon} size="s" />{children}</span>
    </label>
  )
}

import type { ChangeEvent, ReactNode } from 'react'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import styles from '#ui/file-button/file-button.module.css'

export interface FileButtonProps {
  readonly icon: IconName
  /** Kinds to be offered; without it everything, which is right for kinds that phones do not know. */
  readonly accept?: string | undefined
  readonly isDisabled?: boolean | undefined
  readonly onFile: (file: File) => void
  readonly children: ReactNode
}

/** A file field that looks like a button. The same file may be chosen again. */
export function FileButton({ icon, accept, isDisabled, onFile, children }: FileButtonProps) {
  const handleChange = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (file !== undefined) onFile(file)
  }
  return (
    <label className={styles.file}>
      <input type="file" accept={accept} disabled={isDisabled} onChange={handleChange} />
      <span><Icon name={icon} size="s" />{children}</span>
    </label>
  )
}

import type { ReactNode } from 'react'
import styles from '#ui/toast/toast.module.css'

/**
 * A short word after an act: "Saved on this phone." The place is always drawn, so that a screen reader hears what comes into
 * it. It takes no focus and holds nothing that cannot also be done elsewhere, but for an undo.
 */
export function Toast({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  const isEmpty = children === null || children === undefined || children === false || children === ''
  return (
    <output className={styles.place}>
      {isEmpty ? null : <span className={styles.toast} data-toast><span>{children}</span>{action}</span>}
    </output>
  )
}

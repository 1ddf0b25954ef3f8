import type { ReactNode } from 'react'
import styles from '#ui/key-hint/key-hint.module.css'

/** A key of the keyboard. Beside a button it is decoration: `aria-keyshortcuts` on the button says it. */
export function KeyHint({ children }: { readonly children: ReactNode }) {
  return <kbd className={styles.key}>{children}</kbd>
}

import type { ReactNode } from 'react'
import styles from '#ui/bottom-bar/bottom-bar.module.css'

/** The acts of a screen in the thumb's reach: first the quiet way back, last the one next step. */
export function BottomBar({ children }: { readonly children: ReactNode }) {
  return <footer className={styles.bar}>{children}</footer>
}

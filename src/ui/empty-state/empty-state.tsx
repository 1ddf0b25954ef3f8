import type { ReactNode } from 'react'
import styles from '#ui/empty-state/empty-state.module.css'

/** What stands where nothing is yet: why, and what to do. Words on an empty ruled line, no picture. */
export function EmptyState({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p>{children}</p>
      {action}
    </div>
  )
}

/** Ruled lines where words will stand: what is awaited, without a shimmer. */
export function BlankLines({ count, label }: { readonly count: number; readonly label: string }) {
  return (
    <output className={styles.blank}>
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: count }, (_, index) => index).map((line) => <span key={line} className={styles.line} />)}
    </output>
  )
}

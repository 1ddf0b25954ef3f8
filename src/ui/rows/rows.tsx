import type { ReactNode } from 'react'
import styles from '#ui/rows/rows.module.css'

/** Ruled lines with something to do at the end of each: settings, files, people. */
export function Rows({ label, children }: { readonly label?: string | undefined; readonly children: ReactNode }) {
  return <ul className={styles.rows} aria-label={label}>{children}</ul>
}

export function Row({ children, note, action }: { readonly children: ReactNode; readonly note?: ReactNode; readonly action?: ReactNode }) {
  return (
    <li>
      <span className={styles.text}>
        {children}
        {note === undefined ? null : <span className={styles.note}>{note}</span>}
      </span>
      {action}
    </li>
  )
}

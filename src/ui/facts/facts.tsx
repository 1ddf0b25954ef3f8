import type { ReactNode } from 'react'
import styles from '#ui/facts/facts.module.css'

/** The fields of an entry as ruled lines: name, value, and what can be done with it. */
export function Facts({ label, children }: { readonly label?: string | undefined; readonly children: ReactNode }) {
  return <dl className={styles.facts} aria-label={label}>{children}</dl>
}

export interface FactProps {
  readonly name: ReactNode
  readonly children: ReactNode
  /** A small act at the end of the line: change it, ask about it. Give it a name that tells which field. */
  readonly action?: ReactNode
  /** What stands below the line and belongs to it: a question, a correction, a warning. */
  readonly below?: ReactNode
}

export function Fact({ name, children, action, below }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className={styles.value}>{children}</dd>
      {action === undefined ? null : <dd className={styles.action}>{action}</dd>}
      {below === undefined || below === null ? null : <dd className={styles.below}>{below}</dd>}
    </div>
  )
}

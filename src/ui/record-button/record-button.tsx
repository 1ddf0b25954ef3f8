import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import { Icon } from '#ui/icon/icon.tsx'
import styles from '#ui/record-button/record-button.module.css'

export interface RecordLinkProps extends Omit<ComponentProps<'a'>, 'children'> {
  readonly kind: 'challenge' | 'action'
  readonly word: string
  readonly note: string
}

/** The way into a new entry. Always open, whatever else fails. */
export function RecordLink({ kind, word, note, className, ...rest }: RecordLinkProps) {
  return (
    <a {...rest} className={classNames(styles.record, className)} data-kind={kind}>
      <Icon name={kind} size="l" />
      <span>{word}</span>
      <small>{note}</small>
    </a>
  )
}

/** The bar at the thumb that holds the record buttons. */
export function RecordDock({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return <nav className={styles.dock} aria-label={label}>{children}</nav>
}

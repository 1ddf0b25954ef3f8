import type { ReactNode } from 'react'
import { Logo } from '#ui/icon/logo.tsx'
import styles from '#ui/page-header/page-header.module.css'

export interface PageHeaderProps {
  /** Back or close; without it the logo stands here. */
  readonly start?: ReactNode
  readonly title?: ReactNode
  /** A second, quieter line. */
  readonly subtitle?: ReactNode
  /** The title is the heading of the page. Leave it out where the page has a larger one. */
  readonly isHeading?: boolean | undefined
  /** What fills the middle instead of a title: the progress of a form. */
  readonly children?: ReactNode
  readonly end?: ReactNode
}

export function PageHeader({ start, title, subtitle, isHeading = false, children, end }: PageHeaderProps) {
  const Title = isHeading ? 'h1' : 'b'
  return (
    <header className={styles.header}>
      {start ?? <span className={styles.logo}><Logo /></span>}
      {title === undefined ? null : (
        <span className={styles.title}>
          <Title>{title}</Title>
          {subtitle === undefined ? null : <span className={styles.subtitle}>{subtitle}</span>}
        </span>
      )}
      {children}
      {end === undefined ? null : <span className={styles.end}>{end}</span>}
    </header>
  )
}

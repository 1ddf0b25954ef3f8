import type { ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/page/page.module.css'
import { useKeptFocus } from '#ui/page/use-kept-focus.ts'

export interface PageProps {
  /** A PageHeader, and below it a WeatherLine when there is weather. */
  readonly header: ReactNode
  /** A BottomBar or a RecordDock. */
  readonly footer?: ReactNode
  /** Colours the marks of choice and progress of a whole screen. */
  readonly kind?: 'challenge' | 'action' | undefined
  readonly children: ReactNode
}

/** One screen of the phone: header, the one thing, and the acts in the thumb's reach. */
export function Page({ header, footer, kind, children }: PageProps) {
  const screen = useKeptFocus()
  return (
    <div className={styles.page} data-kind={kind}>
      {header}
      <main ref={screen} className={styles.main}>{children}</main>
      {footer}
    </div>
  )
}

/** A heading of a screen with a line below: the question it asks, or what it is about. */
export function PageTitle({ title, children, id }: { readonly title: ReactNode; readonly children?: ReactNode; readonly id?: string | undefined }) {
  return (
    <div className={styles.head}>
      <h1 id={id} tabIndex={-1}>{title}</h1>
      {typeof children === 'string' ? <p>{children}</p> : children}
    </div>
  )
}

export interface SectionProps {
  readonly title: ReactNode
  /** `words` for what one reads (serif, larger), `work` for what one operates. */
  readonly look?: 'work' | 'words' | undefined
  /** A link at the end of the line: "All 14". */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, look = 'work', aside, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <div className={styles.sectionHead}>
        <h2 className={classNames(look === 'words' && styles.wordsHead)}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

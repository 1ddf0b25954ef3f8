import type { ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import { Icon } from '#ui/icon/icon.tsx'
import styles from '#ui/kept-line/kept-line.module.css'

export interface KeptLineProps {
  /** The promise: "Saved on this phone". Said only after the save. */
  readonly title: ReactNode
  /** How much is still only here. */
  readonly detail?: ReactNode
  /** When there was contact last. */
  readonly note?: ReactNode
  /** `ask` once it has been at risk for long. */
  readonly tone?: 'plain' | 'ask' | undefined
  readonly action?: ReactNode
}

export function KeptLine({ title, detail, note, tone = 'plain', action }: KeptLineProps) {
  return (
    <section className={classNames(styles.kept, styles[tone])}>
      <Icon name="phone" size="l" />
      <h2>
        <b>{title}</b>
        {detail === undefined ? null : <span className={styles.detail}>{detail}</span>}
        {note === undefined ? null : <span className={styles.note}>{note}</span>}
      </h2>
      {action}
    </section>
  )
}

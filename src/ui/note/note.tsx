import type { ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import styles from '#ui/note/note.module.css'

export interface NoteProps {
  /** `ask` wants a look, `stop` something is wrong or at risk, `pen` what the reader adds, `done` it went well. */
  readonly tone?: 'plain' | 'ask' | 'stop' | 'pen' | 'done' | undefined
  readonly icon?: IconName | undefined
  readonly title?: ReactNode
  readonly children?: ReactNode
  readonly actions?: ReactNode
  readonly id?: string | undefined
  /** Read out when it appears: `status` when there is a moment, `alert` at once. */
  readonly live?: 'status' | 'alert' | undefined
}

/** Something said in the margin, at the place it is about. */
export function Note({ tone = 'plain', icon, title, children, actions, id, live }: NoteProps) {
  return (
    <div id={id} className={classNames(styles.note, styles[tone])} role={live}>
      {title === undefined ? null : <p className={styles.title}>{icon === undefined ? null : <Icon name={icon} size="s" />}{title}</p>}
      {typeof children === 'string' ? <p>{children}</p> : children}
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </div>
  )
}

import type { ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import styles from '#ui/state-mark/state-mark.module.css'

/**
 * Everything that can be true of an entry, as the author and the desk see it. The words come from the caller, since the
 * author reads "On this phone" where the desk reads nothing at all.
 */
const marks = {
  draft: { icon: 'edit', tone: 'plain' },
  here: { icon: 'phone', tone: 'plain' },
  sending: { icon: 'send', tone: 'plain' },
  received: { icon: 'received', tone: 'plain' },
  safe: { icon: 'storage', tone: 'plain' },
  edited: { icon: 'edit', tone: 'plain' },
  question: { icon: 'question', tone: 'ask' },
  comment: { icon: 'comment', tone: 'ask' },
  answered: { icon: 'comment', tone: 'plain' },
  approved: { icon: 'check', tone: 'done' },
  published: { icon: 'report', tone: 'done' },
  rejected: { icon: 'close', tone: 'stop' },
  withdrawn: { icon: 'withdrawn', tone: 'plain' },
  contested: { icon: 'split', tone: 'ask' },
  locked: { icon: 'lock', tone: 'done' },
  warning: { icon: 'warning', tone: 'stop' },
} as const satisfies Readonly<Record<string, { readonly icon: IconName; readonly tone: 'plain' | 'ask' | 'done' | 'stop' }>>

export type MarkedState = keyof typeof marks

export function StateMark({ state, children }: { readonly state: MarkedState; readonly children: ReactNode }) {
  const { icon, tone } = marks[state]
  return (
    <span className={classNames(styles.state, styles[tone])}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  )
}

export const iconOfState = (state: MarkedState): IconName => marks[state].icon

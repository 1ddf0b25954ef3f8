import type { ReactNode } from 'react'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import styles from '#ui/trail/trail.module.css'

export interface TrailPoint {
  readonly id: string
  /** `past` happened; `now` is where it stands; `ahead` may follow; `ended` closed it otherwise, with a reason. */
  readonly phase: 'past' | 'now' | 'ahead' | 'ended'
  readonly icon: IconName
  readonly title: ReactNode
  /** When, by whom, why. */
  readonly note?: ReactNode
  /** What stands below: more than a line. */
  readonly more?: ReactNode
}

/** What became of an entry, step by step, from the phone to the report. */
export function Trail({ points, label }: { readonly points: readonly TrailPoint[]; readonly label?: string | undefined }) {
  return (
    <ol className={styles.trail} aria-label={label}>
      {points.map((point) => (
        <li key={point.id} className={styles[point.phase]} aria-current={point.phase === 'now' ? 'step' : undefined}>
          <span className={styles.mark}><Icon name={point.icon} /></span>
          <div className={styles.text}>
            <b>{point.title}</b>
            {point.note === undefined ? null : <span className={styles.note}>{point.note}</span>}
            {point.more}
          </div>
        </li>
      ))}
    </ol>
  )
}

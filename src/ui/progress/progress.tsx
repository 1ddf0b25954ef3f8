import { classNames } from '#ui/class-names.ts'
import styles from '#ui/progress/progress.module.css'

export interface ProgressProps {
  readonly step: number
  readonly steps: number
  /** The same in words: "Step 3 of 9". */
  readonly label: string
}

/** One tick for each step, as many inked as have been reached. Read out as words. */
export function Progress({ step, steps, label }: ProgressProps) {
  return (
    <div className={styles.ticks}>
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: steps }, (_, index) => index + 1).map((tick) => <span key={tick} className={classNames(styles.tick, tick <= step && styles.past)} />)}
    </div>
  )
}

import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/overview/overview.module.css'

/** What the two colours of the drawings mean. */
export function KindLegend() {
  const { say } = useDesk().words
  return (
    <ul className={styles.legend}>
      <li><i className={styles.challengeMark} />{say('overview.challenges')}</li>
      <li><i className={styles.actionMark} />{say('overview.actions')}</li>
    </ul>
  )
}

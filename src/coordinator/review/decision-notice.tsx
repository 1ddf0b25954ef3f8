import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/review/decision-bar.module.css'

/** What became of the last decision: "sent" stands here only after the outbox was seen empty. */
export function DecisionNotice() {
  const { words, log } = useDesk()
  const { latest } = log
  return (
    <p className={latest === null ? styles.hidden : styles.notice} role="status" data-phase={latest?.phase}>
      {latest === null ? '' : words.say(`decide.${latest.phase}`, { ref: latest.ref, verdict: words.say(`verdictDone.${latest.verdict}`) })}
    </p>
  )
}

import { useDesk } from '#coordinator/desk-context.tsx'
import type { CorrectionPhase } from '#coordinator/review/use-correction.ts'
import styles from '#coordinator/review/review.module.css'

/** What became of a correction, said once. */
export function CorrectionWord({ phase }: { readonly phase: CorrectionPhase | null }) {
  const { say } = useDesk().words
  return <p role={phase === 'failed' ? 'alert' : 'status'} className={styles.quiet}>{phase === null || phase === 'sending' || phase === 'sent' ? '' : say(`conflict.${phase}`)}</p>
}

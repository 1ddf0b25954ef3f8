import type { ImportResponse } from '#protocol/import.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/data/data.module.css'
import { Button } from '#ui/button/button.tsx'

/** Rows that are here as somebody else read them: none of them has come in, and whoever means it brings them in as further entries. */
export function HereOtherwise({ result, onBringIn }: { readonly result: ImportResponse; readonly onBringIn: () => void }) {
  const { say } = useDesk().words
  const { otherwise: count = 0 } = result
  if (count === 0) return null
  return (
    <div className={styles.dryRun}>
      <p>{say('import.hereOtherwise', { count })}</p>
      <NumbersOfAnother result={result} />
      <div className={styles.acts}><Button onClick={onBringIn}>{say('import.bringInAgain', { count })}</Button></div>
    </div>
  )
}

/** What is likely wrong with these is no row: the list counts anew, or is not the one that was named. */
export function NumbersOfAnother({ result }: { readonly result: ImportResponse }) {
  const { say } = useDesk().words
  const count = result.refused.filter(({ reason }) => reason === 'number-of-another').length
  return count === 0 ? null : <p>{say('import.numbersOfAnother', { count })}</p>
}

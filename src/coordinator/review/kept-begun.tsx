import { useDesk } from '#coordinator/desk-context.tsx'
import { useWasKept } from '#coordinator/review/begun.ts'
import styles from '#coordinator/review/side.module.css'

/** A quiet word at what was begun before the desk was opened: whoever finds it there did not write it just now. */
export function KeptBegun({ on }: { readonly on: string }) {
  const { say } = useDesk().words
  return useWasKept(on) ? <p className={styles.quiet}>{say('begun.kept')}</p> : null
}

import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/queue/facets.module.css'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** What of the column beside the list could not be read. It keeps nobody from reading entries, so it is a line and no alarm. */
export function ColumnNote({ children, onRetry }: { readonly children: string; readonly onRetry: () => void }) {
  const { say } = useDesk().words
  return <p role="status" className={styles.columnNote}>{children} <TextButton onClick={onRetry}>{say('load.again')}</TextButton></p>
}

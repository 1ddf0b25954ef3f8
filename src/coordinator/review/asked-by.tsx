import type { ChangeId } from '#domain/ids.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/side.module.css'

/** What one decision asked, field by field: one that did not count has put its questions to nobody, so that they stand at no field. */
export function AskedBy({ reading, decision }: { readonly reading: Reading; readonly decision: ChangeId }) {
  const { words } = useDesk()
  const change = reading.history.find((known) => known.change.id === decision)?.change
  if (change?.type !== 'decide') return null
  return <>{change.body.questions.map(({ id, field, text }) => <span key={id} className={styles.line}>{words.field(field)}: <q dir="auto">{text}</q></span>)}</>
}

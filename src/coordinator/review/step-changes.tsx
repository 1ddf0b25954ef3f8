import { useDesk } from '#coordinator/desk-context.tsx'
import { fieldChanges } from '#coordinator/review/field-changes.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/history.module.css'
import type { ChangeId } from '#domain/ids.ts'

/** What one step made of the entry, field by field: what stood there, and what stands there since. */
export function StepChanges({ reading, change }: { readonly reading: Reading; readonly change: ChangeId }) {
  const { words } = useDesk()
  const changes = fieldChanges(reading, change)
  if (changes.length === 0) return null
  const shown = (field: string, value: unknown) => (value === undefined ? words.say('ask.nothing') : words.value(field, value))
  return (
    <details className={styles.changes}>
      <summary>{words.say('history.changes', { count: changes.length })}</summary>
      <dl>
        {changes.map(({ field, before, after }) => (
          <div key={field}>
            <dt>{words.field(field)}</dt>
            <dd><del dir="auto">{shown(field, before)}</del></dd>
            <dd><ins dir="auto">{shown(field, after)}</ins></dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

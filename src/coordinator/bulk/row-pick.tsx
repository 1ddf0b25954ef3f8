import { useRef } from 'react'
import type { EntryRow } from '#protocol/desk.ts'
import styles from '#coordinator/bulk/bulk.module.css'
import { useChoosing } from '#coordinator/bulk/selection-context.tsx'
import { useDesk } from '#coordinator/desk-context.tsx'

/** Chooses a row for a decision on several; with Shift everything from the last one up to it. */
export function RowPick({ row }: { readonly row: EntryRow }) {
  const { say } = useDesk().words
  const { chosen, choose } = useChoosing()
  // A change event does not tell whether Shift was held; the click before it does.
  const isRange = useRef(false)
  return (
    <label className={styles.pick}>
      <input
        type="checkbox"
        aria-label={say('bulk.choose', { ref: row.ref })}
        checked={chosen.has(row.id)}
        onClick={(event) => {
          isRange.current = event.shiftKey
        }}
        onChange={() => choose(row.id, isRange.current)}
      />
    </label>
  )
}

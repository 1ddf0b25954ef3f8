import { useState } from 'react'
import type { EntryRow } from '#protocol/desk.ts'
import { useAssigning } from '#coordinator/assign/assigning.tsx'
import { BulkDialog } from '#coordinator/bulk/bulk-dialog.tsx'
import styles from '#coordinator/bulk/bulk.module.css'
import { useChoosing } from '#coordinator/bulk/selection-context.tsx'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useKeys } from '#coordinator/shell/keys.ts'
import { Button } from '#ui/button/button.tsx'

const [bulkKey, giveKey] = ['B', 'G']

/** What can be done with the rows that are chosen; nothing while none is. */
export function BulkBar({ rows }: { readonly rows: readonly EntryRow[] }) {
  const { say } = useDesk().words
  const { chosen, clear } = useChoosing()
  const { give } = useAssigning()
  const [isOpen, setOpen] = useState(false)
  const picked = rows.filter(({ id }) => chosen.has(id))
  const open = () => {
    if (picked.length > 0) setOpen(true)
  }
  useKeys({ b: open, escape: clear })
  return (
    <>
      <p className="visually-hidden" role="status">{picked.length === 0 ? '' : say('bulk.chosen', { count: picked.length })}</p>
      {picked.length === 0 ? null : (
        <div className={styles.bar}>
          <span aria-hidden="true">{say('bulk.chosen', { count: picked.length })}</span>
          <Button look="main" onClick={open}>{say('bulk.open')} <kbd aria-hidden="true">{bulkKey}</kbd></Button>
          <Button onClick={() => give(picked)}>{say('assign.give')} <kbd aria-hidden="true">{giveKey}</kbd></Button>
          <Button look="plain" onClick={clear}>{say('bulk.clear')}</Button>
        </div>
      )}
      {isOpen ? (
        <BulkDialog
          rows={picked}
          onClose={() => setOpen(false)}
          onDecided={() => {
            setOpen(false)
            clear()
          }}
        />
      ) : null}
    </>
  )
}

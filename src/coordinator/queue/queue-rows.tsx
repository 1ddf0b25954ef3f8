import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { FocusEvent, MouseEvent } from 'react'
import type { SoughtWord } from '#domain/words.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { ListSight } from '#coordinator/queue/list-sight.ts'
import { QueueRow } from '#coordinator/queue/queue-row.tsx'
import styles from '#coordinator/queue/queue.module.css'
import { shownParts } from '#coordinator/queue/window-parts.ts'
import { useMinute } from '#coordinator/use-minute.ts'

interface QueueRowsProps {
  readonly rows: readonly EntryRow[]
  /** How many there are, read or not. */
  readonly total: number
  readonly sought: readonly SoughtWord[]
  readonly selectedId: string | null
  readonly hrefOf: (row: EntryRow) => string
  readonly onSelect: (row: EntryRow, event: MouseEvent) => void
  /** The end of what was read comes near. */
  readonly onNearEnd: () => void
}

/** The rows of the queue, of which only those in sight are drawn. Each says its place and how many there are. */
export function QueueRows({ rows, total, sought, selectedId, hrefOf, onSelect, onNearEnd }: QueueRowsProps) {
  const { log } = useDesk()
  const nowMs = useMinute()
  const [list] = useState(() => new ListSight())
  const sight = useSyncExternalStore(list.subscribe, list.get)
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const parts = shownParts({ ids: rows.map(({ id }) => id), kept: new Set([selectedId, focusedId].filter((id) => id !== null)), ...sight })
  const last = parts.findLast((part) => part.kind === 'row')
  const isNearEnd = parts.length > 0 && last?.index === rows.length - 1 && parts.some(({ kind }) => kind === 'gap')
  useEffect(() => {
    if (selectedId !== null) list.reveal(selectedId)
  }, [list, selectedId])
  useEffect(() => {
    if (isNearEnd) onNearEnd()
    // The reading goes on once for each page: its rows are the sign that it came.
    // oxlint-disable-next-line react/exhaustive-deps -- the call is another function at each turn
  }, [isNearEnd, rows.length])
  const handleFocus = (event: FocusEvent<HTMLOListElement>) => setFocusedId(event.target.closest<HTMLElement>('[data-entry]')?.dataset['entry'] ?? null)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only watches which row has the focus, to keep that row drawn
    <ol className={styles.list} ref={list.attach} onFocus={handleFocus} onBlur={() => setFocusedId(null)}>
      {parts.map((part) => {
        if (part.kind === 'gap') return <Gap key={`gap ${part.index}`} height={part.height} />
        const row = rows[part.index]
        if (row === undefined) return null
        return <QueueRow key={row.id} row={row} nowMs={nowMs} place={{ number: part.index + 1, total }} sought={sought} href={hrefOf(row)} isSelected={row.id === selectedId} decision={log.byEntry.get(row.id)} onSelect={(event) => onSelect(row, event)} />
      })}
    </ol>
  )
}

/** The policy forbids styles in the markup, not those that a script sets. */
function Gap({ height }: { readonly height: number }) {
  const set = useCallback((gap: HTMLLIElement | null) => gap?.style.setProperty('block-size', `${height}px`), [height])
  return <li aria-hidden="true" ref={set} />
}

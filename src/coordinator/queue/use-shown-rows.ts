import { useState } from 'react'
import type { EntryId } from '#domain/ids.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { stateAfterDecision } from '#coordinator/decision-log.ts'
import type { DecisionLog } from '#coordinator/decision-log.ts'
import { statesByView } from '#coordinator/queue/queue-address.ts'
import type { QueueAddress } from '#coordinator/queue/queue-address.ts'

/** The rows of the list and the one among them that is read. */
export interface ShownRows {
  readonly rows: readonly EntryRow[]
  /** -1 where the page of an entry is open that does not stand in the list. */
  readonly index: number
  readonly select: (id: EntryId) => void
}

interface Read {
  readonly id: EntryId
  /** It had been decided on here before somebody went to it. */
  readonly isAgain: boolean
}

/** @param pageId the entry whose page is open; null where the list is shown */
export function useShownRows(all: readonly EntryRow[], pageId: string | null, { address, log }: { readonly address: QueueAddress; readonly log: DecisionLog }): ShownRows {
  const [read, setRead] = useState<Read | null>(null)
  const shownId = pageId ?? read?.id ?? null
  // Whoever came back to what they decided reads on when it has gone out: it leaves the list behind them.
  const rows = openRows(all, { address, log, stays: pageId ?? (read?.isAgain === true ? read.id : null) })
  const found = rows.findIndex(({ id }) => id === shownId)
  const index = found === -1 && pageId === null ? indexBehind(shownId, all, rows) : found
  const behind = found === -1 && pageId === null && shownId !== null ? rows[index] : undefined
  // What took its place is what is read from then on, also in a list that is read anew.
  if (behind !== undefined && all.some(({ id }) => id === shownId)) setRead({ id: behind.id, isAgain: log.byEntry.has(behind.id) })
  return { rows, index, select: (id) => setRead({ id, isAgain: log.byEntry.has(id) }) }
}

/** Where the one stands that follows what has left the list; at the beginning where none does. */
function indexBehind(id: string | null, all: readonly EntryRow[], rows: readonly EntryRow[]): number {
  const listed = new Set(rows)
  const next = all.slice(all.findIndex((row) => row.id === id) + 1).find((row) => listed.has(row))
  return next === undefined ? 0 : rows.indexOf(next)
}

/** What was decided and sent leaves a list of open entries; what is still on its way stays and says so. What has gone on since the log has let go of. */
function openRows(rows: readonly EntryRow[], { address, log, stays }: { readonly address: QueueAddress; readonly log: DecisionLog; readonly stays: string | null }): readonly EntryRow[] {
  return rows.filter((row) => {
    const decision = log.byEntry.get(row.id)
    if (decision === undefined || decision.phase !== 'sent' || row.id === stays) return true
    return address.view !== 'second' && statesByView[address.view].includes(stateAfterDecision(decision))
  })
}

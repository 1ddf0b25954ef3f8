import { useEffect, useState } from 'react'
import type { EntryId } from '#domain/ids.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { BulkCandidate } from '#coordinator/bulk/bulk-plan.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { unkeptField } from '#coordinator/review/begun.ts'
import { hasWritten } from '#coordinator/review/judgement.ts'
import type { Reading } from '#coordinator/review/reading.ts'

const atOnce = 4

/** Reads each chosen entry once, a few at a time; what the desk has and nobody has touched is not asked for again. */
export function useCandidates(rows: readonly EntryRow[]): { readonly candidates: readonly BulkCandidate[]; readonly read: number } {
  const { device, readings, judgements, log, fresh } = useDesk()
  const { gone, aside } = useFresh()
  const [chosen] = useState(rows)
  // What a person had before them, before this dialog reads on.
  const [opened] = useState(() => new Map(rows.map(({ id }) => [id, readings.opened(id)] as const)))
  const [byId, setById] = useState<ReadonlyMap<EntryId, Reading | 'gone' | null>>(new Map())
  useEffect(() => {
    let isCurrent = true
    const waiting = [...chosen]
    const work = async (): Promise<void> => {
      for (let row = waiting.shift(); row !== undefined && isCurrent; row = waiting.shift()) {
        const { id } = row
        const reading = await currentReading(readings, id)
        if (isCurrent) setById((before) => new Map([...before, [id, reading] as const]))
      }
    }
    // First what was touched since the last look: what the desk has of those is not what stands there now.
    void fresh.check().then(() => Promise.all(Array.from({ length: atOnce }, work)))
    return () => {
      isCurrent = false
    }
  }, [chosen, readings, fresh])
  return {
    read: byId.size,
    candidates: chosen.filter(({ id }) => byId.has(id)).map((row) => {
      const found = byId.get(row.id) ?? null
      // Erased here and not sent yet, or while the dialog is open, it may have been read all the same.
      const isGone = found === 'gone' || gone.has(row.id)
      return { row, reading: found === 'gone' ? null : found, opened: opened.get(row.id) ?? null, isDecided: log.byEntry.has(row.id), isBegun: hasWritten(judgements.get().get(row.id)?.judgement) || unkeptField(device, row.id) !== null, gone: !isGone ? null : aside.has(row.id) ? 'aside' : 'erased' }
    }),
  }
}

async function currentReading(readings: ReturnType<typeof useDesk>['readings'], id: EntryId): Promise<Reading | 'gone' | null> {
  const known = readings.known(id)
  if (known !== null) return known.reading
  const answer = await readings.read(id)
  // It stood on the list: what the server does not know any more was erased.
  if (!answer.ok) return answer.problem.code === 'not-found' ? 'gone' : null
  return answer.value === 'unreadable' ? null : answer.value
}

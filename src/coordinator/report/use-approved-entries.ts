import { useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { useLoaded } from '#coordinator/use-loaded.ts'

const pageSize = 30

interface Found {
  /** Null while they are awaited. */
  readonly rows: readonly EntryRow[] | null
  readonly total: number
  readonly problem: ApiProblem | null
  readonly more: (() => void) | null
  readonly again: () => void
}

/** Entries of the period of this issue that count as approved, also while a later edit waits to be read, and that hold these words. */
export function useApprovedEntries(q: string, topic: string | null): Found {
  const { device } = useDesk()
  const { state } = useWriting()
  const settings = state.draft?.settings
  const [limit, setLimit] = useState(pageSize)
  const filter = { counted: 'yes' as const, limit, sort: 'newest' as const, ...(q === '' ? {} : { q }), ...(topic === null ? {} : { topic: [topic] }), ...(settings === undefined ? {} : { from: settings.from, to: settings.to }) }
  const { value, problem, reload } = useLoaded(JSON.stringify([q, topic, limit]), () => device.api.entries(filter))
  const isMore = value !== null && value.next !== null && limit < mostShown
  return { rows: value?.entries ?? null, total: value?.total ?? 0, problem, more: isMore ? () => setLimit(Math.min(limit + 2 * pageSize, mostShown)) : null, again: reload }
}

/** As many as one question may ask for; who looks further searches. */
const mostShown = 200

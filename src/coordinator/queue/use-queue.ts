import { useEffect, useRef, useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { EntriesResponse, EntryRow } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { hasLeft } from '#coordinator/queue/has-left.ts'
import { filterFromAddress, searchFromAddress } from '#coordinator/queue/queue-address.ts'
import type { QueueAddress } from '#coordinator/queue/queue-address.ts'

interface Page {
  readonly key: string
  readonly rows: readonly EntryRow[]
  readonly total: number
  readonly next: string | null
  readonly asOf: number | null
}

/** The queue under one address. `rows` is null before the first answer. */
export interface Queue {
  readonly rows: readonly EntryRow[] | null
  readonly total: number
  readonly asOf: number | null
  readonly problem: ApiProblem | null
  readonly isLoading: boolean
  readonly hasMore: boolean
  /** Entries that came in under this address since it was read. */
  readonly arrived: number
  readonly loadMore: () => void
  readonly reload: () => void
  /** What has failed once more: the list from its beginning, or what follows in it. */
  readonly retry: () => void
}

const noRows: readonly EntryRow[] = []

export function useQueue(address: QueueAddress): Queue {
  const { device, ground, fresh, log, membership } = useDesk()
  const me = membership.member.id
  const { seq } = useFresh()
  const [round, setRound] = useState(0)
  const [page, setPage] = useState<Page | null>(null)
  const [failed, setFailed] = useState<{ readonly key: string; readonly problem: ApiProblem; readonly isMore: boolean } | null>(null)
  const [settled, setSettled] = useState('')
  const [isMoreAwaited, setMoreAwaited] = useState(false)
  const [arrived, setArrived] = useState<{ readonly key: string; readonly count: number }>({ key: '', count: 0 })
  const key = searchFromAddress(address)
  const asked = `${round} ${key}`
  const latest = useRef({ key, filter: filterFromAddress(address), total: null as number | null, rows: noRows, saw: log.saw })
  const shown = page?.key === key ? page : null
  useEffect(() => {
    latest.current = { key, filter: filterFromAddress(address), total: shown?.total ?? null, rows: shown?.rows ?? noRows, saw: log.saw }
  })

  useEffect(() => {
    let isCurrent = true
    const turn = fresh.turn()
    void device.api.entries(latest.current.filter).then((result) => {
      if (!isCurrent) return
      setSettled(asked)
      setFailed(result.ok ? null : { key, problem: result.problem, isMore: false })
      if (!result.ok) return
      const { entries, total, next } = result.value
      latest.current.saw(entries, turn)
      setPage({ key, rows: entries, total, next, asOf: ground.now() })
      setArrived({ key, count: 0 })
    })
    return () => {
      isCurrent = false
    }
  }, [device, ground, fresh, key, asked])

  // Something was said in the campaign: how many there are under this address is asked once.
  useEffect(() => {
    if (latest.current.total === null) return
    void device.api.entries({ ...latest.current.filter, limit: 1 }).then((result) => {
      if (!result.ok || latest.current.key !== key || latest.current.total === null) return
      const { rows, filter, total } = latest.current
      // What was decided or given away since, or is gone, has left the count, and would hide as many that came.
      const left = rows.filter(({ id }) => hasLeft(id, filter, fresh.get(), me)).length
      setArrived({ key, count: Math.max(0, result.value.total + left - total) })
    })
  }, [device, fresh, key, me, seq])

  const handleLoadMore = () => {
    if (shown === null || shown.next === null || isMoreAwaited) return
    setMoreAwaited(true)
    const turn = fresh.turn()
    void device.api.entries({ ...filterFromAddress(address), after: shown.next }).then((result) => {
      setMoreAwaited(false)
      if (latest.current.key !== key) return
      setFailed(result.ok ? null : { key, problem: result.problem, isMore: true })
      if (!result.ok) return
      log.saw(result.value.entries, turn)
      // A list that was read anew meanwhile goes on somewhere else.
      setPage((before) => (before === null || before.key !== key || before.next !== shown.next ? before : withMore(before, result.value)))
    })
  }

  const reload = () => setRound((count) => count + 1)
  return {
    rows: shown?.rows ?? null,
    total: shown?.total ?? 0,
    asOf: shown?.asOf ?? null,
    problem: failed?.key === key ? failed.problem : null,
    isLoading: settled !== asked || isMoreAwaited,
    hasMore: shown !== null && shown.next !== null,
    arrived: arrived.key === key ? arrived.count : 0,
    loadMore: handleLoadMore,
    reload,
    retry: failed?.isMore === true ? handleLoadMore : reload,
  }
}

/**
 * The list with the page that follows. It counts as it did when it was read: the server's count of now leaves out what was decided since and
 * still stands in the list, so that fewer would be said to be there than are. What came since is counted apart.
 */
export function withMore<Known extends Pick<Page, 'rows' | 'total' | 'next'>>(before: Known, { entries, next }: Pick<EntriesResponse, 'entries' | 'next'>): Known {
  const rows = withoutRepeats([...before.rows, ...entries])
  return { ...before, rows, next, total: next === null ? rows.length : Math.max(before.total, rows.length) }
}

/** A page that follows another may overlap it when an entry has changed its place in between. */
function withoutRepeats(rows: readonly EntryRow[]): readonly EntryRow[] {
  return [...new Map(rows.map((row) => [row.id, row] as const)).values()]
}

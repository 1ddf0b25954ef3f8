import { useEffect, useRef, useState } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { narrowingFromAddress } from '#coordinator/queue/queue-address.ts'
import type { QueueAddress } from '#coordinator/queue/queue-address.ts'
import { useMinute } from '#coordinator/use-minute.ts'

export interface ViewCounts {
  /** Null where nothing is known yet. */
  readonly counts: readonly (number | null)[]
  readonly hasFailed: boolean
  readonly again: () => void
}

/**
 * How many entries stand under each of these addresses, in one request. `asOf` is when the list was read, which goes before; what is given to
 * somebody meanwhile is counted anew at once, and what was said in the campaign within a minute.
 */
export function useViewCounts(addresses: readonly QueueAddress[], asOf: number | null): ViewCounts {
  const { device } = useDesk()
  const { assignees, seq } = useFresh()
  const said = useSaid(seq)
  const filters = addresses.map(narrowingFromAddress)
  const asked = JSON.stringify(filters)
  const [answered, setAnswered] = useState<{ readonly asked: string; readonly counts: readonly number[] }>({ asked: '', counts: [] })
  const [failed, setFailed] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  const latest = useRef(filters)
  useEffect(() => {
    latest.current = filters
  })
  const isDue = asOf !== null && filters.length > 0
  useEffect(() => {
    if (!isDue) return
    let isCurrent = true
    void device.api.entryCounts(latest.current).then((result) => {
      if (!isCurrent) return
      setFailed(result.ok ? null : asked)
      if (result.ok) setAnswered({ asked, counts: result.value })
    })
    return () => {
      isCurrent = false
    }
  }, [device, asked, isDue, asOf, assignees, said, round])
  return {
    counts: addresses.map((_, index) => (answered.asked === asked ? (answered.counts[index] ?? null) : null)),
    hasFailed: failed === asked,
    again: () => setRound((count) => count + 1),
  }
}

/** Another number at each minute in which something was said: counts cost the server more than the news do, and in a busy campaign something is said all the time. */
function useSaid(seq: number): number {
  const minute = useMinute()
  const [known, setKnown] = useState({ minute, seq, round: 0 })
  // The first answer tells how far the log is, and of nothing new.
  if (known.seq < 0 && seq >= 0) setKnown({ ...known, seq })
  else if (known.minute !== minute) setKnown({ minute, seq, round: known.round + (seq === known.seq ? 0 : 1) })
  return known.round
}

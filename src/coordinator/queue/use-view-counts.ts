import { useEffect, useRef, useState } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { narrowingFromAddress } from '#coordinator/queue/queue-address.ts'
import type { QueueAddress } from '#coordinator/queue/queue-address.ts'

/** How many entries stand under each of these addresses, in one request; null where nothing is known yet. `asOf` is when the list was read, which goes before; what is given to somebody meanwhile is counted anew. */
export function useViewCounts(addresses: readonly QueueAddress[], asOf: number | null): readonly (number | null)[] {
  const { device } = useDesk()
  const { assignees } = useFresh()
  const filters = addresses.map(narrowingFromAddress)
  const asked = JSON.stringify(filters)
  const [answered, setAnswered] = useState<{ readonly asked: string; readonly counts: readonly number[] }>({ asked: '', counts: [] })
  const latest = useRef(filters)
  useEffect(() => {
    latest.current = filters
  })
  const isDue = asOf !== null && filters.length > 0
  useEffect(() => {
    if (!isDue) return
    let isCurrent = true
    void device.api.entryCounts(latest.current).then((result) => {
      if (isCurrent && result.ok) setAnswered({ asked, counts: result.value })
    })
    return () => {
      isCurrent = false
    }
  }, [device, asked, isDue, asOf, assignees])
  return addresses.map((_, index) => (answered.asked === asked ? (answered.counts[index] ?? null) : null))
}

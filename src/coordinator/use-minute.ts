import { useEffect, useState } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'

const minuteMs = 60_000

/** Now, to the minute: what says how long ago something was says it also on a page that nobody has touched since yesterday. */
export function useMinute(): number {
  const { ground } = useDesk()
  const [nowMs, setNow] = useState(() => ground.now())
  useEffect(() => {
    const look = () => setNow(ground.now())
    const stop = ground.every(minuteMs, look)
    const forget = ground.onVisible(look)
    return () => {
      stop()
      forget()
    }
  }, [ground])
  return nowMs
}

import { useEffect, useState } from 'react'
import type { CampaignHere } from '#device/campaigns-here.ts'
import { useDevice } from '#volunteer/device-context.tsx'

/** How soon it is looked again what has become of that which waits elsewhere. */
const lookAgainMs = 5000

export interface CampaignList {
  /** Null until they have been read. */
  readonly rows: readonly CampaignHere[] | null
}

/** The campaigns of this browser; what waits in those that are not open is sent on the way, and then counted once more. */
export function useCampaigns(): CampaignList {
  const device = useDevice()
  const [rows, setRows] = useState<readonly CampaignHere[] | null>(null)
  useEffect(() => {
    let isCurrent = true
    const show = (read: readonly CampaignHere[]): void => {
      if (isCurrent) setRows(read)
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (): Promise<void> => {
      const here = await device.openCampaigns()
      show(await here.list())
      await here.sendWaiting()
      const now = await here.list()
      show(now)
      // Another window may be at it, or there is no connection yet.
      if (isCurrent && now.some(({ isOpen, isWaiting }) => isWaiting && !isOpen)) timer = setTimeout(start, lookAgainMs)
    }
    const start = (): void => void look().catch(() => show([]))
    start()
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [device])
  return { rows }
}

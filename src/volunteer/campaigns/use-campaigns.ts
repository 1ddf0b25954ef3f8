import { useEffect, useState } from 'react'
import type { CampaignHere } from '#device/campaigns-here.ts'
import { useDevice } from '#volunteer/device-context.tsx'

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
    const look = async (): Promise<void> => {
      const here = await device.openCampaigns()
      show(await here.list())
      await here.sendWaiting()
      show(await here.list())
    }
    look().catch(() => show([]))
    return () => {
      isCurrent = false
    }
  }, [device])
  return { rows }
}

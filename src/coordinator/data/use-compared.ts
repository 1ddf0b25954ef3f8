import { useEffect, useState } from 'react'
import type { Device } from '#device/device.ts'
import type { ImportResponse } from '#protocol/import.ts'
import { useDesk } from '#coordinator/desk-context.tsx'

const lasts = new WeakMap<Device, Promise<unknown>>()

/** What would come of a table, as the server says that compared it with what is here: `comparing` until it has, null where it does not answer. */
export function useCompared(order: string): ImportResponse | 'comparing' | null {
  const { device } = useDesk()
  const [compared, setCompared] = useState<{ readonly order: string; readonly result: ImportResponse | null } | null>(null)
  useEffect(() => {
    let isLeft = false
    // The server takes one table of each person at a time: who tries another reading at once waits for the one before.
    const mine = (lasts.get(device) ?? Promise.resolve()).then(async () => {
      if (isLeft) return
      const answer = await device.api.importFile('trial', order)
      if (!isLeft) setCompared({ order, result: answer.ok ? answer.value : null })
    }).catch(() => setCompared({ order, result: null }))
    lasts.set(device, mine)
    return () => {
      isLeft = true
    }
  }, [device, order])
  return compared?.order === order ? compared.result : 'comparing'
}

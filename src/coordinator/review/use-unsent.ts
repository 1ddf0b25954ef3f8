import { useEffect } from 'react'
import type { Device } from '#device/device.ts'
import type { Readings } from '#coordinator/review/readings.ts'

/** All windows of a desk read an entry with what any of them has corrected: it waits on the disk that they share. */
export function useUnsentCorrections(device: Pick<Device, 'openWriting'>, readings: Pick<Readings, 'waits'>): void {
  useEffect(() => {
    let stop: (() => void) | null = null
    let isLeft = false
    // Where its code cannot be loaded this window knows its own corrections, as before.
    void device.openWriting().then(({ unsent }) => {
      if (isLeft) return
      const tell = (): void => readings.waits(unsent.get() ?? [])
      stop = unsent.subscribe(tell)
      tell()
    }, () => undefined)
    return () => {
      isLeft = true
      stop?.()
    }
  }, [device, readings])
}

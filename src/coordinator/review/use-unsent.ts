import { useEffect, useRef } from 'react'
import type { Device } from '#device/device.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import type { Readings } from '#coordinator/review/readings.ts'
import { lackedBy } from '#coordinator/review/unsent.ts'
import { useWatch } from '#coordinator/use-watch.ts'

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

/** What another window has corrected stands in what is read here, as what this one has. */
export function useUnsent({ unsent }: Pick<Readings, 'unsent'>, reading: Reading | null, onLaid: (laid: Reading) => void): void {
  const waiting = useWatch(unsent)
  const isLacking = reading !== null && lackedBy(reading, waiting?.get(reading.entry.id) ?? []).length > 0
  const latest = useRef(onLaid)
  useEffect(() => {
    latest.current = onLaid
  })
  useEffect(() => {
    if (isLacking && reading !== null) void unsent.laidOver(reading).then((laid) => latest.current(laid))
  }, [isLacking, reading, unsent])
}

import { useEffect } from 'react'
import type { EntryId } from '#domain/ids.ts'
import type { Readings } from '#coordinator/review/readings.ts'

/** Reads the entries that will be wanted next, while the present one is read. */
export function usePreload(readings: Readings, ids: readonly EntryId[]): void {
  const key = ids.join(' ')
  useEffect(() => {
    if (key !== '') readings.preload(key.split(' ') as EntryId[])
  }, [readings, key])
}

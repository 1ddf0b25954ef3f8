import { createContext, useContext, useMemo, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { Device, LocalEntry } from '#device/device.ts'
import type { Watch } from '#device/watch.ts'
import type { EntryId } from '#domain/ids.ts'

const DeviceContext = createContext<Device | null>(null)

export function DeviceProvider({ device, children }: { readonly device: Device; readonly children: ReactNode }) {
  return <DeviceContext value={device}>{children}</DeviceContext>
}

export function useDevice(): Device {
  const device = useContext(DeviceContext)
  if (device === null) throw new Error('a screen was drawn outside of DeviceProvider')
  return device
}

/** The watched value, and a new drawing whenever it changes; `undefined` until the store has been read once. */
export function useWatch<Value>(watch: Watch<Value>): Value | undefined {
  return useSyncExternalStore(watch.subscribe, watch.get, watch.get)
}

export function useEntry(id: EntryId): LocalEntry | null | undefined {
  const device = useDevice()
  const watch = useMemo(() => device.watchEntry(id), [device, id])
  return useWatch(watch)
}

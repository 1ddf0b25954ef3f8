import type { DeviceGround } from '#device/device-ground.ts'

/** One runner per origin: every tab and the service worker ask for this lock. `null`: another one has it now. */
export function withLease<Value>({ locks, databaseName }: Pick<DeviceGround, 'locks' | 'databaseName'>, run: () => Promise<Value>): Promise<Value | null> {
  return locks.withLock(`${databaseName}-sync`, run)
}

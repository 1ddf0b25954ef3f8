import { expect, it, vi } from 'vitest'
import { createStoreOpening } from '#app/store-opening.ts'
import type { Device } from '#device/device.ts'

const device = {} as Device

it('[AP45] the store is opened once, whoever asks', async () => {
  const openDevice = vi.fn<() => Promise<Device>>().mockResolvedValue(device)
  const store = createStoreOpening(() => Promise.resolve(openDevice))
  expect(await Promise.all([store.open(), store.open(), store.opened])).toEqual([device, device, device])
  expect(openDevice).toHaveBeenCalledTimes(1)
})

it('[AP45] code that did not come is asked for again, and fails nobody who only waits', async () => {
  const load = vi.fn<() => Promise<() => Promise<Device>>>().mockRejectedValueOnce(new Error('no network')).mockResolvedValue(() => Promise.resolve(device))
  const store = createStoreOpening(load)
  await expect(store.open()).rejects.toThrow('no network')
  expect(await store.open()).toBe(device)
  expect(await store.opened).toBe(device)
})

it('[AP45] a store that cannot be opened fails everybody, and is not opened again', async () => {
  const openDevice = vi.fn<() => Promise<Device>>().mockRejectedValue(new Error('no room'))
  const store = createStoreOpening(() => Promise.resolve(openDevice))
  await expect(store.open()).rejects.toThrow('no room')
  await expect(store.opened).rejects.toThrow('no room')
  await expect(store.open()).rejects.toThrow('no room')
  expect(openDevice).toHaveBeenCalledTimes(1)
})

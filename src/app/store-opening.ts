import type { Device } from '#device/device.ts'

export interface StoreOpening {
  /** Code that did not come is asked for again by the next call; a store that was opened, or could not be, stays so. */
  readonly open: () => Promise<Device>
  /** Fails where the store does, and never for code that did not come. */
  readonly opened: Promise<Device>
}

/** The store is opened once, whoever asks first. */
export function createStoreOpening(load: () => Promise<() => Promise<Device>>): StoreOpening {
  let [resolve, reject]: [(device: Device) => void, (thrown: unknown) => void] = [() => undefined, () => undefined]
  const opened = new Promise<Device>((...ends) => {
    [resolve, reject] = ends
  })
  // Whoever waits for it is told; nobody has to.
  opened.catch(() => undefined)
  let loading: Promise<() => Promise<Device>> | null = null
  let opening: Promise<Device> | null = null
  return {
    opened,
    open: async () => {
      loading ??= load()
      const openDevice = await loading.catch((thrown: unknown) => {
        loading = null
        throw thrown
      })
      if (opening === null) {
        opening = openDevice()
        opening.then(resolve, reject)
      }
      return opening
    },
  }
}

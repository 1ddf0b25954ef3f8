import { describe, expect, it } from 'vitest'
import { untilItComes } from '#app/until-it-comes.ts'
import { registerWorker } from '#app/worker-registration.ts'

describe('the service worker as the page sees it', () => {
  it('[AP8] a version that waited already when the page came is told at once', async () => {
    const { worker, told } = aBrowser({ isControlled: true, waiting: aWorker('installed') })
    worker.onWaiting(told.push)
    await settled()
    expect(told.count()).toBe(1)
  })

  it('[AP8] a version that is found later is told when it has been installed', async () => {
    const { worker, told, find } = aBrowser({ isControlled: true })
    worker.onWaiting(told.push)
    await settled()
    const found = find()
    expect(told.count()).toBe(0)
    found.become('installed')
    found.become('activating')
    expect(told.count()).toBe(1)
  })

  it('[AP8] the first install is not told as a new version', async () => {
    const { worker, told, find } = aBrowser({ isControlled: false })
    worker.onWaiting(told.push)
    await settled()
    find().become('installed')
    expect(told.count()).toBe(0)
  })

  it('[AP8] the waiting version alone gets the word to take over', async () => {
    const waiting = aWorker('installed')
    const { worker } = aBrowser({ isControlled: true, waiting })
    worker.skipWaiting()
    await settled()
    expect(waiting.heard).toEqual([{ type: 'SKIP_WAITING' }])
  })

  it('[AP8] a browser that refuses to register is left in peace', async () => {
    const { worker, told } = aBrowser({ isControlled: false, refuses: true })
    worker.onWaiting(told.push)
    worker.skipWaiting()
    await settled()
    expect(told.count()).toBe(0)
    await expect(worker.update()).rejects.toThrow('no workers here')
  })

  it('[AP610] a first installation that failed is tried again with the next connection, then now and then, until one has come', async () => {
    const { worker, told, find, registrations, online, later } = aBrowser({ isControlled: false, isInstalling: true })
    worker.onWaiting(told.push)
    await settled()
    expect(registrations()).toBe(1)
    online()
    await settled()
    expect(registrations()).toBe(1)

    find().become('redundant')
    await settled()
    expect(later.pauses).toEqual([10_000])
    online()
    await settled()
    expect(registrations()).toBe(2)

    find().become('redundant')
    await settled()
    expect(later.pauses).toEqual([10_000, 20_000])
    later.run()
    await settled()
    expect(registrations()).toBe(3)

    find().become('installed')
    await settled()
    online()
    later.run()
    await settled()
    expect(registrations()).toBe(3)
    expect(told.count()).toBe(0)
  })

  it('[AP720] a line that comes and goes leaves no second clock running', async () => {
    const [pauses, tries] = [[] as (() => void)[], [] as number[]]
    let online = (): void => undefined
    untilItComes(() => Promise.resolve(tries.push(1) < 0), { onOnline: (call) => (online = call), after: (_, call) => void pauses.push(call) })
    await settled()
    for (let n = 0; n < 3; n += 1) {
      online()
      await settled()
    }
    expect([tries.length, pauses.length]).toEqual([4, 4])
    for (const pause of [...pauses]) {
      pause()
      await settled()
    }
    expect([tries.length, pauses.length]).toEqual([5, 5])
  })

  it('[AP610] where a worker is installed it is registered once, and a new version is told once', async () => {
    const { worker, told, registrations, online } = aBrowser({ isControlled: true, waiting: aWorker('installed') })
    worker.onWaiting(told.push)
    await settled()
    online()
    await settled()
    expect(registrations()).toBe(1)
    expect(told.count()).toBe(1)
  })

  it('[AP810] an installed worker is asked to look for its files at the start and with each connection, one that is being installed is not', async () => {
    const { heard, online } = aBrowser({ isControlled: true })
    await settled()
    expect(heard()).toEqual([{ type: 'MEND' }])
    online()
    await settled()
    expect(heard()).toEqual([{ type: 'MEND' }, { type: 'MEND' }])
    const first = aBrowser({ isControlled: false, isInstalling: true })
    await settled()
    expect(first.heard()).toEqual([])
  })
})

function aWorker(first: ServiceWorkerState) {
  const heard: unknown[] = []
  let state = first
  const worker = Object.assign(new EventTarget(), { postMessage: (message: unknown) => void heard.push(message), heard })
  Object.defineProperty(worker, 'state', { get: () => state })
  return Object.assign(worker, {
    become: (next: ServiceWorkerState) => {
      state = next
      worker.dispatchEvent(new Event('statechange'))
    },
  })
}

function aBrowser({ isControlled, waiting = null, refuses = false, isInstalling = false }: { readonly isControlled: boolean; readonly waiting?: ReturnType<typeof aWorker> | null; readonly refuses?: boolean; readonly isInstalling?: boolean }) {
  let installing: ReturnType<typeof aWorker> | null = null
  const active = isControlled ? aWorker('activated') : null
  const registration = Object.assign(new EventTarget(), { waiting, active, update: () => Promise.resolve() })
  Object.defineProperty(registration, 'installing', { get: () => installing })
  let registrations = 0
  const workers = Object.assign(new EventTarget(), {
    controller: active,
    register: () => {
      registrations += 1
      if (isInstalling) installing = aWorker('installing')
      return refuses ? Promise.reject(new Error('no workers here')) : Promise.resolve(registration)
    },
  })
  let count = 0
  const onOnline: (() => void)[] = []
  const later = { pauses: [] as number[], run: (): void => undefined }
  return {
    worker: registerWorker(workers as unknown as Parameters<typeof registerWorker>[0], '/sw.js', {
      onOnline: (call) => void onOnline.push(call),
      after: (ms, call) => {
        later.pauses.push(ms)
        later.run = call
      },
    }),
    told: { push: () => void (count += 1), count: () => count },
    registrations: () => registrations,
    online: () => onOnline.forEach((call) => call()),
    heard: () => active?.heard ?? [],
    later,
    find: () => {
      const found = installing ?? aWorker('installing')
      installing = found
      registration.dispatchEvent(new Event('updatefound'))
      return found
    },
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createUploadLocker } from '#server/files/upload-locker.ts'
import type { LockTimes, UploadLocker } from '#server/files/upload-locker.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

const quick: LockTimes = { leaseMs: 30_000, beatMs: 10, askEveryMs: 5, patienceMs: 3_000 }
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const never = new AbortController().signal

describe.each(stores)('the lock on an upload, in $name', ({ open }) => {
  let opened: OpenedStore
  let now = 1_000_000
  let names = 0
  const lockerOfAProcess = (times: Partial<LockTimes> = {}): UploadLocker =>
    createUploadLocker({ locks: opened.store.uploadLocks, clock: { now: () => now }, name: () => `owner ${(names += 1)}`, wait, times: { ...quick, ...times } })

  beforeEach(async () => {
    opened = await open()
  })
  afterEach(() => opened.remove())

  it('[SE62] of many that want it at the same time, in several processes, one at a time has it', async () => {
    const lockers = [lockerOfAProcess(), lockerOfAProcess(), lockerOfAProcess()]
    const waiting = lockers.flatMap((locker) => [locker, locker, locker, locker])
    let inside = 0
    let most = 0
    await Promise.all(waiting.map((locker) => locker.alone('a', async () => {
      inside += 1
      most = Math.max(most, inside)
      await wait(3)
      inside -= 1
    })))
    expect(most).toBe(1)
  })

  it('[SE62] the holder is asked to let go, whichever process it is in, and the next one gets it', async () => {
    for (const [holder, comer] of [[lockerOfAProcess(), lockerOfAProcess()], [lockerOfAProcess(), null]] as const) {
      const held = holder.newLock('a')
      let asked = 0
      await held.lock(never, async () => {
        asked += 1
        if (asked === 1) await held.unlock()
      })
      await (comer ?? holder).alone('a', () => Promise.resolve())
      expect(asked).toBeGreaterThan(0)
    }
  })

  it('[SE62] a holder that does not let go is waited for, but not for ever', async () => {
    const held = lockerOfAProcess().newLock('a')
    await held.lock(never, () => undefined)
    await expect(lockerOfAProcess({ patienceMs: 50 }).alone('a', () => Promise.resolve())).rejects.toThrow('another request holds this upload')
    await held.unlock()
    await lockerOfAProcess({ patienceMs: 50 }).alone('a', () => Promise.resolve())
  })

  it('[SE62] a process that died holds an upload until its lease ends and no longer; one that lives renews it', async () => {
    const { uploadLocks } = opened.store
    await uploadLocks.take({ id: 'a', owner: 'dead', now, expiresAt: now + 30_000, ask: false })
    const renew = uploadLocks.renew.bind(uploadLocks)
    let renewedTo = 0
    vi.spyOn(uploadLocks, 'renew').mockImplementation((lock) => renew(lock).finally(() => (renewedTo = lock.expiresAt)))
    const living = lockerOfAProcess().newLock('b')
    await living.lock(never, () => undefined)
    now += 29_000
    await expect.poll(() => renewedTo).toBe(now + quick.leaseMs)
    expect(await lockerOfAProcess().ifFree('a', () => Promise.resolve())).toBe(false)
    now += 2_000
    expect(await lockerOfAProcess().ifFree('a', () => Promise.resolve())).toBe(true)
    expect(await lockerOfAProcess().ifFree('b', () => Promise.resolve())).toBe(false)
    await living.unlock()
  })

  it('[SE62] who has lost the lock is told, and cannot take it from the new holder', async () => {
    const slow = lockerOfAProcess().newLock('a')
    let told = 0
    await slow.lock(never, () => void (told += 1))
    // Its process stood still for longer than a lease: nobody renewed in between.
    expect(await opened.store.uploadLocks.take({ id: 'a', owner: 'next', now: now + 60_000, expiresAt: now + 90_000, ask: true })).toBe(true)
    await expect.poll(() => told).toBeGreaterThan(0)
    await slow.unlock()
    expect(await opened.store.uploadLocks.renew({ id: 'a', owner: 'next', expiresAt: now + 90_000 })).toBe('held')
  })

  it('[SE62] looking after uploads disturbs nobody who writes', async () => {
    const held = lockerOfAProcess().newLock('a')
    let asked = 0
    await held.lock(never, () => void (asked += 1))
    expect(await lockerOfAProcess().ifFree('a', () => Promise.reject(new Error('must not run')))).toBe(false)
    await wait(40)
    expect(asked).toBe(0)
    await held.unlock()
  })

  it('[SE62] a request that was given up stops waiting', async () => {
    const held = lockerOfAProcess().newLock('a')
    await held.lock(never, () => undefined)
    await expect(lockerOfAProcess().newLock('a').lock(AbortSignal.abort(), () => undefined)).rejects.toThrow()
    await held.unlock()
  })
})

import type { Clock } from '#domain/ids.ts'
import type { UploadLockStore } from '#server/store/upload-lock-store.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import type { Lock, Locker, RequestRelease } from '@tus/server'

export interface LockTimes {
  /** A holder that has not been heard of for so long is taken for dead. */
  readonly leaseMs: number
  /** How often a holder says that it lives, and looks whether somebody waits. */
  readonly beatMs: number
  readonly askEveryMs: number
  readonly patienceMs: number
}

export const lockTimes: LockTimes = { leaseMs: 30_000, beatMs: 1_000, askEveryMs: 150, patienceMs: 20_000 }

export interface LockerGround {
  readonly locks: UploadLockStore
  readonly clock: Clock
  /** A name that no other lock has ever had. */
  readonly name: () => string
  readonly wait: (ms: number) => Promise<unknown>
  readonly times: LockTimes
}

export interface UploadLocker extends Locker {
  /** Runs alone on this upload, after asking whoever holds it to let go. */
  readonly alone: <T>(id: string, run: () => Promise<T>) => Promise<T>
  /** Runs only if nobody holds the upload, and disturbs nobody; whether it ran. */
  readonly ifFree: (id: string, run: () => Promise<void>) => Promise<boolean>
  /** Asks every holder in this process to let go: the process ends. */
  readonly letGo: () => Promise<void>
}

/**
 * The lock that tus takes around each request, as a lease in the database: it holds across all processes on one store. It keeps
 * requests apart; what is kept in the end does not depend on it, since the bytes that are hashed are the bytes that are kept.
 */
export function createUploadLocker(ground: LockerGround): UploadLocker {
  const { locks, clock, times } = ground
  /** Holders in this process are asked directly, without waiting for their next look. */
  const here = new Map<string, RequestRelease>()

  function newLease(id: string): { readonly take: (release: RequestRelease, ask: boolean) => Promise<boolean>; readonly give: () => Promise<void> } {
    const owner = ground.name()
    let beat: ReturnType<typeof setInterval> | undefined
    return {
      take: async (release, ask) => {
        const now = clock.now()
        if (!(await locks.take({ id, owner, now, expiresAt: now + times.leaseMs, ask }))) {
          if (ask) await here.get(id)?.()
          return false
        }
        here.set(id, release)
        beat = setInterval(() => {
          locks.renew({ id, owner, expiresAt: clock.now() + times.leaseMs })
            .then((state) => (state === 'held' ? undefined : release()))
            // Not to know is not to hold.
            .catch(() => release())
        }, times.beatMs).unref()
        return true
      },
      give: async () => {
        clearInterval(beat)
        here.delete(id)
        await locks.drop({ id, owner })
      },
    }
  }

  function newLock(id: string): Lock {
    const lease = newLease(id)
    return {
      lock: async (signal, release) => {
        for (let waited = 0; waited <= times.patienceMs; waited += times.askEveryMs) {
          if (signal.aborted) break
          if (await lease.take(release, true)) return
          await ground.wait(times.askEveryMs)
        }
        throw new ShelfUnavailable('another request holds this upload')
      },
      unlock: lease.give,
    }
  }

  return {
    newLock,
    letGo: async () => {
      for (const release of [...here.values()]) await release()
    },
    alone: async (id, run) => {
      const lock = newLock(id)
      await lock.lock(new AbortController().signal, () => undefined)
      try {
        return await run()
      } finally {
        await lock.unlock()
      }
    },
    ifFree: async (id, run) => {
      const lease = newLease(id)
      if (!(await lease.take(() => undefined, false))) return false
      try {
        await run()
        return true
      } finally {
        await lease.give()
      }
    },
  }
}

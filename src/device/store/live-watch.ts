import { Dexie, liveQuery } from 'dexie'
import type { Watch } from '#device/watch.ts'

export interface LiveWatch<Value> extends Watch<Value> {
  /** Reads on from now without a subscriber, until `stop`. */
  readonly start: () => void
  readonly stop: () => void
  /** Reads once more, where it is looked at: it would say something else, though nothing was written. */
  readonly again: () => void
}

/**
 * A query as a Watch: read again after each commit, of this tab or another, that touches what it read. Runs while somebody
 * subscribes, or from `start` on. `isSame` keeps the old object where a new reading says nothing new.
 */
export function watchQuery<Value>(query: () => Promise<Value>, isSame: (a: Value, b: Value) => boolean = Object.is): LiveWatch<Value> {
  const listeners = new Set<() => void>()
  let current: Value | undefined
  let end: (() => void) | null = null
  let isHeld = false

  const start = (): void => {
    if (end !== null) return
    Dexie.on.storagemutated.unsubscribe(start)
    // An async function by its own word: by that the library knows to keep the transaction across awaits, and without it each longer reading
    // fails and is made twice. Once more at once where it could not be read: the first reading after the connection was lost opens a new one.
    const subscription = liveQuery(async () => {
      try {
        return await query()
      } catch {
        return query()
      }
    }).subscribe({
      next: (value) => {
        if (current !== undefined && isSame(current, value)) return
        current = value
        for (const listener of [...listeners]) listener()
      },
      // A database that cannot be read shows itself at the next write, as a problem the screens know; after that write it is read again.
      error: () => {
        end = null
        Dexie.on('storagemutated', start)
      },
    })
    end = () => subscription.unsubscribe()
  }
  const pause = (): void => {
    Dexie.on.storagemutated.unsubscribe(start)
    end?.()
    end = null
  }
  return {
    get: () => current,
    subscribe: (onChange) => {
      const listener = (): void => onChange()
      listeners.add(listener)
      start()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && !isHeld) pause()
      }
    },
    start: () => {
      isHeld = true
      start()
    },
    again: () => {
      if (end === null) return
      end()
      end = null
      start()
    },
    stop: () => {
      isHeld = false
      listeners.clear()
      pause()
    },
  }
}

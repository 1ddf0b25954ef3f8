import type { Watch } from '#device/watch.ts'

/** A watched value that its owner sets. */
export interface Value<Of> extends Watch<Of> {
  readonly get: () => Of
  readonly set: (next: Of) => void
}

export function createValue<Of>(first: Of): Value<Of> {
  const listeners = new Set<() => void>()
  let current = first
  return {
    get: () => current,
    set: (next) => {
      if (Object.is(next, current)) return
      current = next
      for (const listener of listeners) listener()
    },
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}

/** The first value that is there: at once, or after the store has been read. */
export function firstValue<Of>(watch: Watch<Of>): Promise<Of> {
  return new Promise((resolve) => {
    const present = watch.get()
    if (present !== undefined) return resolve(present)
    const stop = watch.subscribe(() => {
      const value = watch.get()
      if (value === undefined) return
      stop()
      resolve(value)
    })
    return undefined
  })
}

import type { Watch } from '#device/watch.ts'

export interface Signal<Value> extends Watch<Value> {
  readonly get: () => Value
  readonly set: (value: Value) => void
}

/** A watched value in memory. Setting the very same value tells nobody. */
export function createSignal<Value>(first: Value): Signal<Value> {
  const listeners = new Set<() => void>()
  let current = first
  return {
    get: () => current,
    set: (value) => {
      if (Object.is(value, current)) return
      current = value
      for (const listener of [...listeners]) listener()
    },
    subscribe: (onChange) => {
      // An own function per subscription: the same callback twice is two subscriptions.
      const listener = (): void => onChange()
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A value made of two others; undefined until both are known, and the same object until one of them changes. */
export function combine<A, B, Value>(a: Watch<A>, b: Watch<B>, make: (a: A, b: B) => Value): Watch<Value> {
  let last: { readonly a: A; readonly b: B; readonly value: Value } | null = null
  return {
    get: () => {
      const [nowA, nowB] = [a.get(), b.get()]
      if (nowA === undefined || nowB === undefined) return undefined
      if (last === null || !Object.is(last.a, nowA) || !Object.is(last.b, nowB)) last = { a: nowA, b: nowB, value: make(nowA, nowB) }
      return last.value
    },
    subscribe: (onChange) => {
      const ends = [a.subscribe(onChange), b.subscribe(onChange)]
      return () => ends.forEach((end) => end())
    },
  }
}

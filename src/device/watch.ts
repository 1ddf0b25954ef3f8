/** A value that changes: what a screen subscribes to (fits React's useSyncExternalStore). `get` returns the same object until it changes. */
export interface Watch<Value> {
  /** `undefined` until the first read of the store has finished. */
  readonly get: () => Value | undefined
  /** Calls back after each change; the returned function ends the subscription. */
  readonly subscribe: (onChange: () => void) => () => void
}

/** Resolves as soon as the watch says so, or when `after` calls, which gives what ends its waiting: what was committed is told to watches a moment later. */
export function whenSaid<Value>(watch: Watch<Value>, isSo: (value: Value | undefined) => boolean, after: (run: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      stop()
      cancel()
      resolve()
    }
    const look = (): void => {
      if (isSo(watch.get())) end()
    }
    const [stop, cancel] = [watch.subscribe(look), after(end)]
    look()
  })
}

/** A value that changes: what a screen subscribes to (fits React's useSyncExternalStore). `get` returns the same object until it changes. */
export interface Watch<Value> {
  /** `undefined` until the first read of the store has finished. */
  readonly get: () => Value | undefined
  /** Calls back after each change; the returned function ends the subscription. */
  readonly subscribe: (onChange: () => void) => () => void
}

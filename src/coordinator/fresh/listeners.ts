/** Who is told when something happens. The same function given twice is told twice. */
export interface Listeners {
  readonly tell: () => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createListeners(): Listeners {
  const listeners = new Set<() => void>()
  return {
    tell: () => {
      for (const listener of [...listeners]) listener()
    },
    subscribe: (onChange) => {
      const listener = (): void => onChange()
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

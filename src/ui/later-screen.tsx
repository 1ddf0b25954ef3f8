import { useEffect, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'

/** The code of a screen was not here and did not come: who catches it can say that there was no connection for it. */
export class MissingCodeError extends Error {
  override readonly name = 'MissingCodeError'
}

export interface LaterScreen<Props extends object> {
  readonly load: () => Promise<ComponentType<Props>>
  readonly Screen: (props: Props) => ReactNode
}

/**
 * A screen whose code comes when it is first wanted: at once where it is there, and with `Waiting` in its place until then. React's own `lazy`
 * waits for a promise even where the code is there, and then holds what stood in for it for 300 ms.
 */
export function laterScreen<Props extends object>(fetchCode: () => Promise<ComponentType<Props>>, Waiting: ComponentType = Nothing): LaterScreen<Props> {
  let there: ComponentType<Props> | null = null
  const load = async (): Promise<ComponentType<Props>> => (there ??= await ofThisScreen(fetchCode))
  return {
    load,
    Screen: function Later(props) {
      const [Known, setKnown] = useState(() => there)
      useEffect(() => {
        if (Known === null) load().then((code) => setKnown(() => code), (error: unknown) => setKnown(() => {
          // For the boundary that shows what cannot be drawn.
          throw error
        }))
      }, [Known])
      return Known === null ? <Waiting /> : <Known {...props} />
    },
  }
}

function Nothing() {
  return null
}

/**
 * What a screen needs besides its code, such as its words, for one key at a time. That of the key before stays until the next has come, and where
 * that does not come; null until the first has. Where not even that comes the screen cannot be drawn.
 */
export function useLaterPart<Key, Part>(key: Key, fetchPart: (key: Key) => Promise<Part>): { readonly key: Key; readonly part: Part } | null {
  const [known, setKnown] = useState<{ readonly key: Key; readonly part: Part } | null>(null)
  useEffect(() => {
    let isCurrent = true
    const take = (next: (before: typeof known) => typeof known): void => {
      if (isCurrent) setKnown(next)
    }
    ofThisScreen(() => fetchPart(key)).then((part) => take(() => ({ key, part })), (error: unknown) => take((before) => {
      if (before === null) throw error
      return before
    }))
    return () => {
      isCurrent = false
    }
  }, [key, fetchPart])
  return known
}

function ofThisScreen<Part>(fetchCode: () => Promise<Part>): Promise<Part> {
  return fetchCode().catch((cause: unknown) => {
    throw new MissingCodeError(String(cause), { cause })
  })
}

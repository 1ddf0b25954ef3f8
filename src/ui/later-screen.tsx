import { useEffect, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'

/** Twice as long each time: what the server has no more, or the browser remembers as missing, does not come in this page. */
const [firstPauseMs, longestPauseMs] = [10_000, 160_000]

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
export function laterScreen<Props extends object>(fetchCode: () => Promise<ComponentType<Props>>, Waiting: ComponentType = Nothing, isSpare = false): LaterScreen<Props> {
  let there: ComponentType<Props> | null = null
  const load = async (): Promise<ComponentType<Props>> => (there ??= await laterCode(fetchCode))
  return {
    load,
    Screen: function Later(props) {
      const [Known, setKnown] = useState(() => there)
      useEffect(() => {
        if (Known === null) load().then((code) => setKnown(() => code), (error: unknown) => setKnown(() => {
          if (isSpare) return Nothing
          // For the boundary that shows what cannot be drawn.
          throw error
        }))
      }, [Known])
      return Known === null ? <Waiting /> : <Known {...props} />
    },
  }
}

/** A part that its screen can do without: where its code does not come, the screen stands without it, and it is asked for again with the next screen. */
export function sparePart<Props extends object>(fetchCode: () => Promise<ComponentType<Props>>, Waiting?: ComponentType): (props: Props) => ReactNode {
  return laterScreen(fetchCode, Waiting, true).Screen
}

function Nothing() {
  return null
}

interface Known<Key, Part> {
  readonly key: Key
  readonly part: Part
}

interface Coming<Key, Part> {
  readonly known: Known<Key, Part> | null
  /** Why that of the present key is not here, once it did not come. */
  readonly missing: { readonly key: Key; readonly error: unknown } | null
}

/**
 * What comes in a part of its own, such as words, for one key at a time. That of the key before stays until the next has come. What did not come
 * is asked for again: as soon as the browser has a connection, and now and then, because a server can be away without its word. Chromium before 156,
 * Firefox before 154 and Safari remember an import that failed until the page is loaded again: who awaits something is told of that way as well.
 */
export function useComingPart<Key, Part>(key: Key, fetchPart: (key: Key) => Promise<Part>, first: Known<Key, Part> | null = null): Coming<Key, Part> {
  const [known, setKnown] = useState(first)
  const [missed, setMissed] = useState<Coming<Key, Part>['missing']>(null)
  const isHere = known !== null && known.key === key
  useEffect(() => {
    if (isHere) return undefined
    let [isCurrent, isAsking, pauseMs] = [true, false, firstPauseMs]
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = (): void => {
      if (isAsking) return
      isAsking = true
      clearTimeout(timer)
      laterCode(() => fetchPart(key)).then((part) => {
        if (isCurrent) setKnown({ key, part })
      }, (error: unknown) => {
        isAsking = false
        if (!isCurrent) return
        setMissed((before) => (before?.key === key ? before : { key, error }))
        timer = setTimeout(ask, pauseMs)
        pauseMs = Math.min(2 * pauseMs, longestPauseMs)
      })
    }
    ask()
    window.addEventListener('online', ask)
    return () => {
      isCurrent = false
      clearTimeout(timer)
      window.removeEventListener('online', ask)
      setMissed(null)
    }
  }, [key, fetchPart, isHere])
  return { known, missing: !isHere && missed?.key === key ? missed : null }
}

/** The same for what a screen cannot be drawn without: null until the first has come, and for the boundary where that does not. */
export function useLaterPart<Key, Part>(key: Key, fetchPart: (key: Key) => Promise<Part>): Known<Key, Part> | null {
  const { known, missing } = useComingPart(key, fetchPart)
  if (known === null && missing !== null) throw missing.error
  return known
}

/** What does not come is told apart from what is broken. */
export function laterCode<Part>(fetchCode: () => Promise<Part>): Promise<Part> {
  return fetchCode().catch((cause: unknown) => {
    throw new MissingCodeError(String(cause), { cause })
  })
}

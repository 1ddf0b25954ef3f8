import { useEffect, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'

export interface LaterScreen<Props extends object> {
  readonly load: () => Promise<ComponentType<Props>>
  readonly Screen: (props: Props) => ReactNode
}

/**
 * A screen whose code comes when it is first wanted: at once where it is there, and with `Waiting` in its place until then. React's own `lazy`
 * waits for a promise even where the code is there, and then holds what stood in for it for 300 ms.
 */
export function laterScreen<Props extends object>(fetchCode: () => Promise<ComponentType<Props>>, Waiting: ComponentType): LaterScreen<Props> {
  let there: ComponentType<Props> | null = null
  const load = async (): Promise<ComponentType<Props>> => (there ??= await fetchCode())
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

import { useDeferredValue } from 'react'
import type { ReactNode } from 'react'

/** What stands below the fold of a small screen: drawn right behind the frame that shows the step, so that the tap is answered sooner. */
export function Below({ children }: { readonly children: ReactNode }) {
  return useDeferredValue(true, false) ? children : null
}

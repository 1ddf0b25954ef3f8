import type { ReactNode } from 'react'
import { useBehindFrame } from '#volunteer/behind-frame.ts'

/** What stands below the fold of a small screen: drawn right behind the frame that shows the step, so that the tap is answered sooner. */
export function Below({ children }: { readonly children: ReactNode }) {
  return useBehindFrame() ? children : null
}

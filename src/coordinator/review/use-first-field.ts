import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import type { Correcting } from '#coordinator/review/use-correction.ts'

/** A form that a press has opened begins in its field: beside it each letter that is typed next would be a key, and choose a verdict. One that was begun earlier takes no focus. */
export function useFirstField({ isByHand }: Pick<Correcting, 'isByHand'>): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  const [takesFocus] = useState(isByHand)
  useEffect(() => {
    if (!takesFocus) return
    const field = form.current?.querySelector<HTMLElement>('textarea') ?? form.current?.querySelector<HTMLElement>('select, input')
    field?.focus()
  }, [takesFocus])
  return form
}

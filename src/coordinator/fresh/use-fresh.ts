import { useEffect } from 'react'
import type { DeskGround } from '#coordinator/desk-ground.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { FreshState, FreshWatch } from '#coordinator/fresh/fresh-watch.ts'
import { useWatch } from '#coordinator/use-watch.ts'

const pollMs = 15_000

/** One small request now and then while the page is looked at, none while it is not, and one at once when it is looked at again. */
export function useFreshPoll(fresh: FreshWatch, { every, isVisible, onVisible }: Pick<DeskGround, 'every' | 'isVisible' | 'onVisible'>): void {
  useEffect(() => {
    void fresh.check()
    const stop = every(pollMs, () => {
      if (isVisible()) void fresh.check()
    })
    const forget = onVisible(() => void fresh.check())
    return () => {
      stop()
      forget()
    }
  }, [fresh, every, isVisible, onVisible])
}

export function useFresh(): FreshState {
  const { fresh } = useDesk()
  return useWatch(fresh) ?? fresh.get()
}

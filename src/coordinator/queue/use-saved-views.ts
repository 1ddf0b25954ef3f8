import { useEffect, useRef, useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { SavedView } from '#protocol/saved-view.ts'
import { useDesk } from '#coordinator/desk-context.tsx'

export interface SavedViews {
  readonly views: readonly SavedView[]
  /** Why the last saving or removing did not happen. */
  readonly problem: ApiProblem | null
  /** They could not be read: there may be others than those that are known here. */
  readonly isUnread: boolean
  readonly again: () => void
  /** Whether it is kept: without an answer nobody knows, and the same once more makes no second one. */
  readonly save: (id: string, view: Pick<SavedView, 'name' | 'search'>) => Promise<boolean>
  /** Whether it is gone. */
  readonly remove: (id: string) => Promise<boolean>
}

/** Read when the queue is opened or seen again, after each act (another window or device may have saved one meanwhile), and with the list after a time without an answer. */
export function useSavedViews(asOf: number | null): SavedViews {
  const { device, ground } = useDesk()
  const [views, setViews] = useState<readonly SavedView[]>([])
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [isUnread, setUnread] = useState(false)
  const [round, setRound] = useState(0)
  const unread = useRef(false)
  useEffect(() => {
    unread.current = isUnread
  })
  useEffect(() => {
    if (unread.current) setRound((count) => count + 1)
  }, [asOf])
  useEffect(() => ground.onVisible(() => setRound((count) => count + 1)), [ground])
  useEffect(() => {
    let isCurrent = true
    void device.api.savedViews().then((result) => {
      if (!isCurrent) return
      setUnread(!result.ok)
      if (result.ok) setViews(result.value)
    })
    return () => {
      isCurrent = false
    }
  }, [device, round])
  const after = async (act: Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: ApiProblem }>): Promise<boolean> => {
    const result = await act
    setProblem(result.ok ? null : result.problem)
    setRound((count) => count + 1)
    return result.ok
  }
  return {
    views, problem, isUnread,
    again: () => setRound((count) => count + 1),
    save: (id, view) => after(device.api.saveView({ id, ...view })),
    remove: (id) => after(device.api.removeView(id)),
  }
}

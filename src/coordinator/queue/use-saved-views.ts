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
  readonly save: (name: string, search: string) => void
  readonly remove: (id: string) => void
}

/** Read when the queue is opened, again after each act (another device may have saved one meanwhile), and with the list after a time without an answer. */
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
  const after = (act: Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: ApiProblem }>) => {
    void act.then((result) => {
      setProblem(result.ok ? null : result.problem)
      setRound((count) => count + 1)
    })
  }
  return {
    views, problem, isUnread,
    again: () => setRound((count) => count + 1),
    save: (name, search) => after(device.api.saveView({ id: ground.newViewId(), name, search })),
    remove: (id) => after(device.api.removeView(id)),
  }
}

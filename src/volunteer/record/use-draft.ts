import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLocation } from 'wouter'
import { isSameJson } from '#device/same-json.ts'
import type { EntryId } from '#domain/ids.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import { wereCutOff } from '#volunteer/photos/coming.ts'
import { createDraftKeeper } from '#volunteer/record/draft-keeper.ts'
import type { DraftKeeper, KeptDraft } from '#volunteer/record/draft-keeper.ts'
import { followStore } from '#volunteer/record/follow-store.ts'
import { afterMs, flushOnLeaving } from '#volunteer/record/journal.ts'
import { stepsBehind } from '#volunteer/record/draft-history.ts'
import { keepWhatIsThrownAway } from '#volunteer/record/thrown-away.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

export type OpenDraft = { readonly phase: 'reading' } | { readonly phase: 'gone' } | { readonly phase: 'open'; readonly keeper: DraftKeeper }

/**
 * Reads the draft once and keeps it from then on; what was typed is written when the field is left, and when the page is hidden, left or
 * closed. Where another window has saved it, and nothing was said here since, its author is brought home, as after a save of this one; what was said
 * since leads to the entry, where it is begun.
 */
export function useDraft(id: EntryId): OpenDraft {
  const device = useDevice()
  const { additions, ground } = useVolunteering()
  const [, navigate] = useLocation()
  const [open, setOpen] = useState<OpenDraft>({ phase: 'reading' })

  useEffect(() => {
    let isLeft = false
    void device.readDraft(id).then((draft) => {
      if (isLeft) return
      if (draft === null) {
        // Whoever goes back over the steps of what was saved wants none of them: they come to where it was begun.
        const behind = stepsBehind()
        if (behind !== undefined && behind > 0) history.go(-behind)
        return setOpen({ phase: 'gone' })
      }
      const keeper = createDraftKeeper(device, draft, { after: afterMs, additions })
      // A photo may still be on its way from when the draft was open before.
      if (additions.of(id).phase === 'shrinking') void additions.ended(id).then(keeper.takeFiles)
      else void wereCutOff(ground.locks, draft).then((were) => (were ? additions.cutOff(id) : undefined))
      setOpen({ phase: 'open', keeper })
    })
    return () => {
      isLeft = true
    }
  }, [device, additions, ground.locks, id])

  useEffect(() => (open.phase === 'open' ? flushOnLeaving(open.keeper.flush) : undefined), [open])
  useEffect(() => (open.phase === 'open' ? keepWhatIsThrownAway(device, open.keeper) : undefined), [open, device])
  useEffect(() => {
    if (open.phase !== 'open') return undefined
    const { keeper } = open
    const isShown = (): boolean => {
      const row = device.drafts.get()?.find((draft) => draft.id === id)
      const { content, answers } = keeper.get().draft
      return row !== undefined && isSameJson([row.content, row.answers], [content, answers])
    }
    const stops = [followStore(device.drafts, { ...keeper, takeStored: () => (isShown() ? undefined : keeper.takeStored()) }), onComingBack(() => void keeper.flush().then(keeper.takeStored))]
    return () => stops.forEach((stop) => stop())
  }, [open, device, id])

  useEffect(() => {
    if (open.phase !== 'open') return undefined
    const { keeper } = open
    let [isTold, isLeft] = [false, false]
    const handleChange = (): void => {
      const { isGone, isDirty, problem } = keeper.get()
      if (isTold || !isGone || isDirty || problem !== null) return
      isTold = true
      void lead()
    }
    const lead = async (): Promise<void> => {
      // A draft that is gone is not saved by this: it tells whether it became an entry.
      const saved = await device.saveDraft(id)
      // What is typed at this very moment is late, too.
      await keeper.flush()
      if (isLeft) return
      const { isGone, late, problem, draft } = keeper.get()
      if (!isGone || problem !== null) isTold = false
      else if (late === 'entry') navigate(`/entry/${id}`, { replace: true, state: { late: draft.focus ?? null } })
      else if (saved.ok) navigate('/', { replace: true, state: { saved: id } })
      else setOpen({ phase: 'gone' })
    }
    const stop = keeper.subscribe(handleChange)
    return () => {
      isLeft = true
      stop()
    }
  }, [open, device, id, navigate])

  return open
}

/** Whoever looks at this window again may come from another one. */
function onComingBack(call: () => void): () => void {
  const handleVisible = (): void => {
    if (document.visibilityState === 'visible') call()
  }
  addEventListener('focus', call)
  document.addEventListener('visibilitychange', handleVisible)
  return () => {
    removeEventListener('focus', call)
    document.removeEventListener('visibilitychange', handleVisible)
  }
}

export function useKept(keeper: DraftKeeper): KeptDraft {
  return useSyncExternalStore(keeper.subscribe, keeper.get, keeper.get)
}

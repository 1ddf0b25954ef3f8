import { useEffect, useState, useSyncExternalStore } from 'react'
import type { EntryId } from '#domain/ids.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import { createDraftKeeper } from '#volunteer/record/draft-keeper.ts'
import type { DraftKeeper, KeptDraft } from '#volunteer/record/draft-keeper.ts'
import { afterMs, flushOnLeaving } from '#volunteer/record/journal.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

export type OpenDraft = { readonly phase: 'reading' } | { readonly phase: 'gone' } | { readonly phase: 'open'; readonly keeper: DraftKeeper }

/** Reads the draft once and keeps it from then on; what was typed is written when the field is left, and when the page is hidden, left or closed. */
export function useDraft(id: EntryId): OpenDraft {
  const device = useDevice()
  const { additions } = useVolunteering()
  const [open, setOpen] = useState<OpenDraft>({ phase: 'reading' })

  useEffect(() => {
    let isLeft = false
    void device.readDraft(id).then((draft) => {
      if (isLeft) return
      if (draft === null) return setOpen({ phase: 'gone' })
      const keeper = createDraftKeeper(device, draft, { after: afterMs, additions })
      // A photo may still be on its way from when the draft was open before.
      if (additions.of(id).phase === 'shrinking') void additions.ended(id).then(keeper.takeFiles)
      setOpen({ phase: 'open', keeper })
    })
    return () => {
      isLeft = true
    }
  }, [device, additions, id])

  useEffect(() => (open.phase === 'open' ? flushOnLeaving(open.keeper.flush) : undefined), [open])

  return open
}

export function useKept(keeper: DraftKeeper): KeptDraft {
  return useSyncExternalStore(keeper.subscribe, keeper.get, keeper.get)
}

import { useEffect, useState, useSyncExternalStore } from 'react'
import type { EntryId } from '#domain/ids.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import { createDraftKeeper } from '#volunteer/record/draft-keeper.ts'
import type { After, DraftKeeper, KeptDraft } from '#volunteer/record/draft-keeper.ts'

export type OpenDraft = { readonly phase: 'reading' } | { readonly phase: 'gone' } | { readonly phase: 'open'; readonly keeper: DraftKeeper }

const afterMs: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** Reads the draft once and keeps it from then on; what was typed is written when the field is left, and when the page is hidden, left or closed. */
export function useDraft(id: EntryId): OpenDraft {
  const device = useDevice()
  const [open, setOpen] = useState<OpenDraft>({ phase: 'reading' })

  useEffect(() => {
    let isLeft = false
    void device.readDraft(id).then((draft) => {
      if (!isLeft) setOpen(draft === null ? { phase: 'gone' } : { phase: 'open', keeper: createDraftKeeper(device, draft, afterMs) })
    })
    return () => {
      isLeft = true
    }
  }, [device, id])

  useEffect(() => {
    if (open.phase !== 'open') return undefined
    const handleLeave = () => void open.keeper.flush()
    document.addEventListener('focusout', handleLeave)
    document.addEventListener('visibilitychange', handleLeave)
    addEventListener('pagehide', handleLeave)
    return () => {
      document.removeEventListener('focusout', handleLeave)
      document.removeEventListener('visibilitychange', handleLeave)
      removeEventListener('pagehide', handleLeave)
      handleLeave()
    }
  }, [open])

  return open
}

export function useKept(keeper: DraftKeeper): KeptDraft {
  return useSyncExternalStore(keeper.subscribe, keeper.get, keeper.get)
}

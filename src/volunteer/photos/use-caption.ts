import { useCallback, useEffect, useRef, useState } from 'react'
import type { Photo } from '#domain/entry.ts'
import type { EntryId } from '#domain/ids.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import { typingDelayMs } from '#volunteer/record/draft-keeper.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'

interface Captioned {
  readonly draft: EntryId
  readonly photo: Pick<Photo, 'sha256' | 'caption'>
  readonly keeper: DraftKeeper
}

/**
 * What a photo shows, written like all typing: after a moment at the latest, and when the field is left. It goes into the photo where it
 * stands in the store, because a photo may be added while somebody types.
 */
export function useCaption({ draft, photo, keeper }: Captioned): { readonly text: string; readonly onType: (text: string) => void; readonly onLeave: () => void } {
  const device = useDevice()
  const [text, setText] = useState(photo.caption ?? '')
  /** What has been typed and not written yet. */
  const waiting = useRef<{ readonly timer: ReturnType<typeof setTimeout>; readonly write: () => void } | null>(null)
  const flush = useCallback(() => {
    if (waiting.current === null) return
    clearTimeout(waiting.current.timer)
    waiting.current.write()
    waiting.current = null
  }, [])
  useEffect(() => flush, [flush])

  return {
    text,
    onType: (caption) => {
      setText(caption)
      const write = () => void device.captionPhoto(draft, { sha256: photo.sha256, caption }).then(keeper.takeFiles)
      // The first letter starts the clock, so that somebody who never pauses is written down all the same.
      waiting.current = { timer: waiting.current?.timer ?? setTimeout(flush, typingDelayMs), write }
    },
    onLeave: flush,
  }
}

import { useState } from 'react'
import type { Photo } from '#domain/entry.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'

/** What a photo shows, as it is being typed; the draft's keeper writes it like all typing. */
export function useCaption(photo: Pick<Photo, 'sha256' | 'caption'>, keeper: DraftKeeper): { readonly text: string; readonly onType: (text: string) => void } {
  const [text, setText] = useState(photo.caption ?? '')
  return {
    text,
    onType: (caption) => {
      setText(caption)
      keeper.caption(photo.sha256, caption)
    },
  }
}

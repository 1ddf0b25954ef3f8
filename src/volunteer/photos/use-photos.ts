import { useMemo, useSyncExternalStore } from 'react'
import type { EntryId } from '#domain/ids.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import type { Adding } from '#volunteer/photos/additions.ts'
import { createComing } from '#volunteer/photos/coming.ts'
import type { Coming } from '#volunteer/photos/coming.ts'
import { makerOf } from '#volunteer/photos/maker-of.ts'
import { isDraftGone } from '#volunteer/record/draft-keeper.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

export const maxPhotos = 3

export function useAdding(draft: EntryId): Adding {
  const { additions } = useVolunteering()
  const get = (): Adding => additions.of(draft)
  return useSyncExternalStore(additions.subscribe, get, get)
}

/** Takes in what the camera or the gallery gives, one picture after the other, as many as there is a place for. */
export function usePhotos(draft: EntryId, keeper: DraftKeeper, kept: number): { readonly adding: Adding; readonly camera: Pick<Coming, 'asked' | 'unasked'>; readonly onFiles: (files: readonly File[]) => void } {
  const device = useDevice()
  const { ground, additions } = useVolunteering()
  const adding = useAdding(draft)
  const coming = useMemo(() => createComing(device, ground.locks, draft), [device, ground.locks, draft])

  async function addAll(files: readonly File[], onOne: () => void): Promise<Adding> {
    let room = maxPhotos - kept
    let isOneUnreadable = false
    for (const file of files) {
      if (room === 0) return { phase: 'too-many' }
      const added = await addOne(file)
      if (added.phase === 'not-kept' || added.phase === 'lost') return added
      // One that cannot be read takes nobody's place, and the others come all the same.
      if (added.phase === 'idle') room -= 1
      else isOneUnreadable = true
      onOne()
    }
    return { phase: isOneUnreadable ? 'unreadable' : 'idle' }
  }

  async function addOne(file: File): Promise<Adding> {
    const photo = await makerOf(ground)(file)
    if (photo === null) return { phase: 'unreadable' }
    const added = await device.addPhoto(draft, photo)
    if (!added.ok) return isDraftGone(added.problem) ? { phase: 'lost' } : { phase: 'not-kept', problem: added.problem }
    await keeper.takeFiles()
    keeper.workedOn()
    // Who agreed had been asked about the photos of then: another one, with others in it perhaps, is asked about anew.
    if (keeper.get().draft.content.consentPhoto === true) keeper.choose({ consentPhoto: undefined })
    return { phase: 'idle' }
  }

  return {
    adding, camera: coming,
    onFiles: (files) => {
      const photos = Math.min(files.length, maxPhotos - kept)
      additions.begin(draft, photos, (onOne) => coming.during(photos, () => addAll(files, onOne)))
    },
  }
}

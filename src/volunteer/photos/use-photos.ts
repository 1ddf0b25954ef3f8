import { useState } from 'react'
import type { Photo } from '#domain/entry.ts'
import type { EntryId } from '#domain/ids.ts'
import type { SaveProblem } from '#device/device.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import { makerOf } from '#volunteer/photos/maker-of.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

export const maxPhotos = 3

export type Adding = { readonly phase: 'idle' | 'shrinking' | 'unreadable' | 'too-many' } | { readonly phase: 'not-kept'; readonly problem: SaveProblem }

/** Takes in what the camera or the gallery gives, one picture after the other, as many as there is a place for. */
export function usePhotos(draft: EntryId, keeper: DraftKeeper, kept: number): { readonly adding: Adding; readonly onFiles: (files: readonly File[]) => void } {
  const device = useDevice()
  const { ground } = useVolunteering()
  const [adding, setAdding] = useState<Adding>({ phase: 'idle' })

  async function addAll(files: readonly File[]): Promise<Adding> {
    let room = maxPhotos - kept
    let isOneUnreadable = false
    for (const file of files) {
      if (room === 0) return { phase: 'too-many' }
      const added = await addOne(file)
      if (added?.phase === 'not-kept') return added
      // One that cannot be read takes nobody's place, and the others come all the same.
      if (added === null) room -= 1
      else isOneUnreadable = true
    }
    return { phase: isOneUnreadable ? 'unreadable' : 'idle' }
  }

  /** Null when all is well. */
  async function addOne(file: File): Promise<Adding | null> {
    const photo = await makerOf(ground)(file)
    if (photo === null) return { phase: 'unreadable' }
    const added = await device.addPhoto(draft, photo)
    await keeper.takeFiles()
    return added.ok ? null : { phase: 'not-kept', problem: added.problem }
  }

  return {
    adding,
    onFiles: (files) => {
      setAdding({ phase: 'shrinking' })
      void addAll(files).then(setAdding)
    },
  }
}

/** The device writes the photos of a draft, so they have the form of the schema. */
export function photosOf(value: unknown): readonly Photo[] {
  return Array.isArray(value) ? (value as readonly Photo[]) : []
}

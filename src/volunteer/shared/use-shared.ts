import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { Membership, SaveProblem } from '#device/device.ts'
import { dropShared, readShared } from '#device/media/shared.ts'
import type { SharedBatch } from '#device/media/shared.ts'
import { saveProblemOf } from '#device/store/storage-problem.ts'
import type { Kind } from '#domain/entry.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { makerOf } from '#volunteer/photos/maker-of.ts'
import { beginNote } from '#volunteer/shared/begin-note.ts'
import type { BegunNote } from '#volunteer/shared/begin-note.ts'
import { useToday } from '#volunteer/use-today.ts'
import { behindHere } from '#volunteer/record/draft-history.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

interface Shared {
  /** Undefined until it has been read. */
  readonly batches: readonly SharedBatch[] | undefined
  readonly isMaking: boolean
  /** A note that could not take all of what was shared. */
  readonly begun: BegunNote | null
  /** Why no note could be begun, or not all of one. */
  readonly problem: SaveProblem | null
  readonly onBegin: (kind: Kind, batch: SharedBatch) => void
  readonly onDrop: (batch: SharedBatch) => void
}

/** What other apps have shared with this phone and nobody has decided about yet. */
export function useShared(membership: Membership | null): Shared {
  const device = useDevice()
  const { ground, words } = useVolunteering()
  const { caches } = ground
  const preferences = useWatch(device.preferences)
  const today = useToday()
  const [, navigate] = useLocation()
  const [batches, setBatches] = useState<readonly SharedBatch[]>()
  const [isMaking, setMaking] = useState(false)
  const [begun, setBegun] = useState<BegunNote | null>(null)
  const [refused, setRefused] = useState<SaveProblem | null>(null)
  const read = async (): Promise<void> => setBatches(caches === undefined ? [] : await readShared(caches).catch(() => []))
  useEffect(() => {
    let isCurrent = true
    void (caches === undefined ? Promise.resolve([]) : readShared(caches).catch(() => [])).then((found) => {
      if (isCurrent) setBatches(found)
    })
    return () => {
      isCurrent = false
    }
  }, [caches])

  async function begin(kind: Kind, batch: SharedBatch): Promise<void> {
    if (membership === null || preferences === undefined || !today.isSure || caches === undefined) return
    setMaking(true)
    setRefused(null)
    const note = await beginNote({ device, caches, makePhoto: makerOf(ground), membership, preferences, today: today.day, language: words.locale }, kind, batch).catch((error: unknown) => {
      // A full phone takes no draft at all; what was shared waits where it was.
      setRefused(saveProblemOf(error))
      return null
    })
    setMaking(false)
    if (note === null) return
    if (note.problem === null && note.rest.files.length === 0) {
      navigate(`/record/${note.draft}/${note.step}`, { replace: true, state: behindHere() })
      return
    }
    setBegun(note)
    await read()
  }

  async function drop(batch: SharedBatch): Promise<void> {
    if (caches === undefined) return
    await dropShared(caches, batch)
    await read()
  }

  return { batches, isMaking, begun, problem: refused ?? begun?.problem ?? null, onBegin: (kind, batch) => void begin(kind, batch), onDrop: (batch) => void drop(batch) }
}

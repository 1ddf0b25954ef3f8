import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import type { SaveProblem } from '#device/device.ts'
import { createDrawing } from '#volunteer/blur/drawing.ts'
import type { Drawing, DrawingState } from '#volunteer/blur/drawing.ts'
import { createPainter, newCanvas } from '#volunteer/blur/painter.ts'
import type { Painter } from '#volunteer/blur/painter.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import { makerOf } from '#volunteer/photos/maker-of.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

interface Blurring {
  readonly draft: EntryId
  readonly sha256: Sha256
  readonly keeper: DraftKeeper
  readonly onDone: () => void
}

export interface Blur {
  readonly drawing: Drawing | null
  readonly state: DrawingState | null
  readonly canvas: HTMLCanvasElement | null
  readonly isGone: boolean
  readonly isWorking: boolean
  readonly hasFailed: boolean
  readonly problem: SaveProblem | null
  readonly onDone: () => void
}

type Working = { readonly phase: 'drawing' | 'working' | 'failed' } | { readonly phase: 'not-kept'; readonly problem: SaveProblem }

/** Reads the photo, lets it be drawn on, and puts what came of it into its place. */
export function useBlur({ draft, sha256, keeper, onDone }: Blurring): Blur {
  const device = useDevice()
  const { ground } = useVolunteering()
  const [open, setOpen] = useState<{ readonly drawing: Drawing; readonly painter: Painter } | 'gone' | null>(null)
  const [working, setWorking] = useState<Working>({ phase: 'drawing' })
  const painter = useRef<Painter | null>(null)
  const opened = open === 'gone' ? null : open

  useEffect(() => {
    let isLeft = false
    void device.readFile(sha256).then(async (file) => {
      const picture = file === null ? null : await createImageBitmap(new Blob([file.bytes], { type: file.type })).catch(() => null)
      if (isLeft) return picture?.close()
      if (picture === null) return setOpen('gone')
      const made = createPainter(picture, newCanvas)
      painter.current = made
      setOpen({ drawing: createDrawing(made), painter: made })
    })
    return () => {
      isLeft = true
      painter.current?.close()
      painter.current = null
    }
  }, [device, sha256])

  async function finish(canvas: HTMLCanvasElement): Promise<void> {
    setWorking({ phase: 'working' })
    const photo = await makerOf(ground)(await createImageBitmap(canvas)).catch(() => null)
    if (photo === null) return setWorking({ phase: 'failed' })
    const kept = await device.replacePhoto(draft, { old: sha256, photo })
    if (!kept.ok) return setWorking({ phase: 'not-kept', problem: kept.problem })
    await keeper.takeFiles()
    keeper.workedOn()
    onDone()
  }

  return {
    drawing: opened?.drawing ?? null,
    state: useSyncExternalStore(opened?.drawing.subscribe ?? noSubscribe, opened?.drawing.get ?? nothing, nothing),
    canvas: opened?.painter.canvas ?? null,
    isGone: open === 'gone',
    isWorking: working.phase === 'working',
    hasFailed: working.phase === 'failed',
    problem: working.phase === 'not-kept' ? working.problem : null,
    onDone: () => {
      if (opened !== null && working.phase !== 'working') void finish(opened.painter.canvas)
    },
  }
}

function noSubscribe(): () => void {
  return () => undefined
}

function nothing(): DrawingState | null {
  return null
}

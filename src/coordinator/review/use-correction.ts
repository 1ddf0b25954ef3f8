import { useState } from 'react'
import type { FieldPatch } from '#domain/entry.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import { useGoneOut } from '#coordinator/use-gone-out.ts'

/** `kept`: on this device, waiting for a connection; `sent`: on the server. */
export type CorrectionPhase = 'sending' | 'kept' | 'sent' | 'failed'

export interface Correcting {
  readonly phase: CorrectionPhase | null
  readonly isOpen: boolean
  /** Opened by a press while the entry stood here, and not begun earlier. */
  readonly isByHand: boolean
  readonly open: () => void
  readonly close: () => void
  /** `onKept`: it is on the disk. */
  readonly keep: (set: FieldPatch, onKept?: () => void) => void
}

/** With the entry as it stands here once a correction is kept, and with null once it is on the server and can be read there. */
export type OnWritten = (laid: Reading | null) => void

/** Keeps a correction, which counts in what is read here from then on; true unless it could not be kept. */
export function useCorrect(reading: Reading, onWritten: OnWritten): (set: FieldPatch) => Promise<boolean> {
  const { device, readings } = useDesk()
  const { entry } = reading
  return async (set) => {
    const kept = await device.correct(entry.id, entry.head, set)
    if (!kept.ok) return false
    onWritten(await readings.lay(reading, { id: kept.value, set }))
    return true
  }
}

/** Values that a coordinator lays beside the author's own: a change like every other, after which the entry is read again. */
export function useCorrection(reading: Reading, onWritten: OnWritten, isBegun = false): Correcting {
  const { device } = useDesk()
  const [isOpen, setOpen] = useState(isBegun)
  const [isByHand, setByHand] = useState(false)
  const [phase, setPhase] = useState<CorrectionPhase | null>(null)
  const correct = useCorrect(reading, onWritten)
  useGoneOut(phase === 'kept', () => {
    setPhase('sent')
    onWritten(null)
  })

  async function keep(set: FieldPatch, onKept?: () => void): Promise<void> {
    setPhase('sending')
    if (!(await correct(set))) return setPhase('failed')
    onKept?.()
    const outcome = (await device.flush()).pendingChanges === 0 ? 'sent' : 'kept'
    setPhase(outcome)
    setOpen(false)
    if (outcome === 'sent') onWritten(null)
  }
  const open = (): void => {
    setByHand(true)
    setOpen(true)
  }
  return { phase, isOpen, isByHand, open, close: () => setOpen(false), keep: (set, onKept) => void keep(set, onKept) }
}

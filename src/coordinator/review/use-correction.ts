import { useState } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { Reading } from '#coordinator/review/reading.ts'

/** `kept`: on this device, waiting for a connection; `sent`: on the server. */
export type CorrectionPhase = 'sending' | 'kept' | 'sent' | 'failed'

export interface Correcting {
  readonly phase: CorrectionPhase | null
  readonly isOpen: boolean
  readonly open: () => void
  readonly close: () => void
  /** `onKept`: it is on the disk. */
  readonly keep: (set: Readonly<Record<string, unknown>>, onKept?: () => void) => void
}

/** Values that a coordinator lays beside the author's own: a change like every other, after which the entry is read again. */
export function useCorrection({ entry }: Reading, onWritten: () => void, isBegun = false): Correcting {
  const { device } = useDesk()
  const [isOpen, setOpen] = useState(isBegun)
  const [phase, setPhase] = useState<CorrectionPhase | null>(null)

  async function keep(set: Readonly<Record<string, unknown>>, onKept?: () => void): Promise<void> {
    setPhase('sending')
    const kept = await device.correct(entry.id, entry.head, set)
    if (!kept.ok) return setPhase('failed')
    onKept?.()
    const outcome = (await device.flush()).pendingChanges === 0 ? 'sent' : 'kept'
    setPhase(outcome)
    setOpen(false)
    if (outcome === 'sent') onWritten()
  }
  return { phase, isOpen, open: () => setOpen(true), close: () => setOpen(false), keep: (set, onKept) => void keep(set, onKept) }
}

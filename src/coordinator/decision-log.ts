import { useState } from 'react'
import type { Device } from '#device/device.ts'
import type { Verdict } from '#domain/change.ts'
import type { EntryId } from '#domain/ids.ts'
import { useWatch } from '#coordinator/use-watch.ts'

/** What was decided at this desk since it was opened. `sent` only once the outbox was seen empty after it. */
export interface LoggedDecision {
  readonly entryId: EntryId
  readonly ref: string
  readonly verdict: Verdict
  readonly phase: 'sending' | 'sent' | 'kept'
}

export interface DecisionLog {
  readonly byEntry: ReadonlyMap<EntryId, LoggedDecision>
  readonly latest: LoggedDecision | null
  /** Notes a decision that this device has kept, and follows it on its way. */
  readonly follow: (decision: Omit<LoggedDecision, 'phase'>) => void
  /** The entry was read anew, with the decision in it or after it. */
  readonly forget: (entryId: EntryId) => void
}

export function useDecisionLog(device: Pick<Device, 'flush' | 'sync'>): DecisionLog {
  const [decisions, setDecisions] = useState<readonly LoggedDecision[]>([])
  const sync = useWatch(device.sync)
  const put = (decision: LoggedDecision) => setDecisions((before) => [...before.filter(({ entryId }) => entryId !== decision.entryId), decision])
  const settle = (entryId: EntryId, phase: LoggedDecision['phase']) => setDecisions((before) => before.map((one) => (one.entryId === entryId ? { ...one, phase } : one)))
  const follow: DecisionLog['follow'] = (decision) => {
    put({ ...decision, phase: 'sending' })
    void device.flush().then(
      (state) => settle(decision.entryId, state.pendingChanges === 0 ? 'sent' : 'kept'),
      () => settle(decision.entryId, 'kept'),
    )
  }
  const isOutboxEmpty = sync?.pendingChanges === 0
  const shown = decisions.map((one) => (one.phase === 'kept' && isOutboxEmpty ? { ...one, phase: 'sent' as const } : one))
  return {
    byEntry: new Map(shown.map((one) => [one.entryId, one] as const)),
    latest: shown.at(-1) ?? null,
    follow,
    forget: (entryId) => setDecisions((before) => before.filter((one) => one.entryId !== entryId)),
  }
}

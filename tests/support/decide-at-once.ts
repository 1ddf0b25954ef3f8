import type { Device, SaveProblem } from '#device/device.ts'
import type { DecisionInput } from '#device/held-decisions.ts'
import type { ChangeId } from '#domain/ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

/** A decision that nobody takes back: held, and sent at once. */
export async function decideAtOnce({ held }: Device, decision: Omit<DecisionInput, 'ref' | 'asOf'>): Promise<Result<ChangeId, SaveProblem>> {
  const kept = await held.hold([{ ...decision, ref: 'C-000001', asOf: null }], 0)
  if (!kept.ok) return kept
  const sent = await held.send(kept.value)
  if (!sent.ok) return sent
  const [id] = kept.value
  return id === undefined ? fail({ kind: 'storage-failed', name: 'nothing-held' }) : ok(id)
}

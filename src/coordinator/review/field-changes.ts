import { revisionContent } from '#domain/fold-decision.ts'
import { correctedContent } from '#domain/fold-correction.ts'
import type { ChangeId } from '#domain/ids.ts'
import type { Reading } from '#coordinator/review/reading.ts'

export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** What a revision or a correction changed in what is shown; nothing for a step of another kind. */
export function fieldChanges({ entry, history }: Pick<Reading, 'entry' | 'history'>, change: ChangeId): readonly FieldChange[] {
  const at = history.findIndex((known) => known.change.id === change)
  const step = history[at]?.change
  const previous = history.slice(0, Math.max(0, at)).findLast(({ change: { type } }) => type === 'record' || type === 'revise' || type === 'correct')?.change.id
  if (step === undefined || previous === undefined || (step.type !== 'revise' && step.type !== 'correct')) return []
  const [before, after] = [previous, change].map((revision): Readonly<Record<string, unknown>> => correctedContent(revisionContent({ entry, history }, revision)))
  // A revision may also end a correction that stood beside its words, such as their translation.
  const fields = [...new Set([...Object.keys(step.body.set), ...step.body.unset, ...Object.keys({ ...before, ...after })])]
  return fields.map((field) => ({ field, before: before?.[field], after: after?.[field] })).filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
}

import type { EntryContent, FieldPatch } from '#domain/entry.ts'
import type { Conflict, EntryState } from '#domain/entry-state.ts'
import type { Folding, KnownChangeOf } from '#domain/folding.ts'
import type { ChangeId } from '#domain/ids.ts'
import { nextReview } from '#domain/review.ts'

/**
 * Changes on one base that touch different fields merge; on the same field both values are kept, the later `seq`
 * shows, and the entry is marked for a person to settle. Clocks decide nothing.
 */
export function applyRevision(folding: Folding, known: KnownChangeOf<'revise'>): EntryState {
  const { entry } = folding
  const { change } = known
  const state = nextReview(entry.review, 'revise')
  return {
    ...entry,
    content: patchedContent(entry.content, change.body.set, change.body.unset),
    revision: change.id,
    review: state ?? entry.review,
    contested: false,
    conflicts: conflictsAfter(folding, known),
    questions: entry.questions.map((question) => (change.body.answers.includes(question.id) && question.answeredBy === null ? { ...question, answeredBy: change.id } : question)),
    trail: [...entry.trail, { step: 'revised', change: change.id, memberId: known.memberId, at: known.receivedAt ?? change.recordedAt, seq: known.seq }],
  }
}

/** Content with a patch laid over it. The kind of an entry never changes. */
export function patchedContent(content: EntryContent, set: FieldPatch, unset: readonly string[]): EntryContent {
  const kept = Object.entries(content).filter(([field]) => !unset.includes(field) || field === 'kind')
  return { ...Object.fromEntries(kept), ...set, kind: content.kind } as EntryContent
}

function conflictsAfter({ entry, positions, history }: Folding, known: KnownChangeOf<'revise'>): readonly Conflict[] {
  const touched = touchedFields(known)
  const seen = known.change.base === null ? -1 : (positions.get(known.change.base) ?? -1)
  const here = positions.get(known.change.id) ?? history.length
  const settled = entry.conflicts.filter((conflict) => !(touched.has(conflict.field) && conflict.values.every(({ change }) => (positions.get(change) ?? Infinity) <= seen)))
  return history.slice(seen + 1, here).reduce<readonly Conflict[]>((conflicts, other) => {
    if (other.change.type !== 'revise') return conflicts
    const theirs = touchedFields({ ...other, change: other.change })
    return [...touched].filter(([field, value]) => theirs.has(field) && !sameValue(theirs.get(field), value))
      .reduce((list, [field, value]) => withConflict(list, field, [{ change: other.change.id, value: theirs.get(field) }, { change: known.change.id, value }]), conflicts)
  }, settled)
}

function touchedFields({ change }: KnownChangeOf<'revise'>): ReadonlyMap<string, unknown> {
  // As in patchedContent: a field that is both unset and set is set.
  return new Map([...change.body.unset.map((field) => [field, undefined] as const), ...Object.entries(change.body.set)])
}

function withConflict(conflicts: readonly Conflict[], field: string, values: readonly { readonly change: ChangeId; readonly value: unknown }[]): readonly Conflict[] {
  const before = conflicts.find((conflict) => conflict.field === field)?.values ?? []
  const added = values.filter(({ change }) => !before.some((value) => value.change === change))
  return [...conflicts.filter((conflict) => conflict.field !== field), { field, values: [...before, ...added] }]
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
